// The application's settings, and the theme that follows from them; a copy of what the host keeps.
import type { Settings } from '#shared/contract.ts'
import { describeFailure } from '#shared/failure.ts'
import type { Connection } from './connection.svelte.ts'

/** The last theme is kept in the browser too, so that the first frame has the right colours. */
const THEME_KEY = 'atelier-theme'

export class SettingsState {
  current: Settings | null = $state.raw(null)
  problem = $state('')
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
    showTheme(localStorage.getItem(THEME_KEY) ?? 'system')
    connection.listen({
      connected: () => void this.#read(),
      heard: (event) => {
        if (event.type === 'settings-changed') this.#take(event.settings)
      },
    })
  }

  /** @throws what the call refuses with */
  async change(changes: Partial<Settings>): Promise<void> {
    this.#take(await this.#connection.client.settings.change(changes))
  }

  async #read(): Promise<void> {
    try {
      this.#take(await this.#connection.client.settings.read({}))
      this.problem = ''
    } catch (error) {
      this.problem = describeFailure(error).message
    }
  }

  #take(settings: Settings): void {
    this.current = settings
    localStorage.setItem(THEME_KEY, settings.theme)
    showTheme(settings.theme)
  }
}

/** Without the attribute the system decides, see tokens.css. */
function showTheme(theme: string): void {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme
  else delete document.documentElement.dataset['theme']
}
