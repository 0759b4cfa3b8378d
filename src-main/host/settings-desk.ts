// The user's settings, kept in the history's file: each value by its name, and the default for one that is missing or
// that this version cannot read.
import { type AppEvent, type Settings, settingsSchema } from '#shared/contract.ts'
import type { Store } from '../store/open-store.ts'

/** What is left out stays. */
type SettingsChanges = { readonly [Name in keyof Settings]?: Settings[Name] | undefined }

const DEFAULTS: Settings = { theme: 'system', engine: 'auto', threads: 'automatic' }

export class SettingsDesk {
  readonly #store: Store
  readonly #announce: (event: AppEvent) => void

  constructor(store: Store, announce: (event: AppEvent) => void) {
    this.#store = store
    this.#announce = announce
  }

  async read(): Promise<Settings> {
    const { theme, engine, threads } = settingsSchema.shape
    return {
      theme: theme.catch(DEFAULTS.theme).parse(await this.#store.readSetting('theme')),
      engine: engine.catch(DEFAULTS.engine).parse(await this.#store.readSetting('engine')),
      threads: threads.catch(DEFAULTS.threads).parse(await this.#store.readSetting('threads')),
    }
  }

  async change(changes: SettingsChanges): Promise<Settings> {
    for (const [name, value] of Object.entries(changes)) {
      if (value !== undefined) await this.#store.writeSetting(name, value)
    }
    const settings = await this.read()
    this.#announce({ type: 'settings-changed', settings })
    return settings
  }
}
