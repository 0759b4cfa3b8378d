// Short messages at the edge of the page: what was done, with a way back, or what was refused and what to do.
import { describeFailure } from '#shared/failure.ts'

export interface Toast {
  readonly id: number
  readonly tone: 'plain' | 'bad'
  readonly text: string
  readonly action: { readonly label: string; readonly run: () => void } | null
}

const SHOWN_MS = 8000
const MOST_SHOWN = 4

export class Toasts {
  list: readonly Toast[] = $state.raw([])
  #nextId = 1
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>()

  /** A message that goes away by itself, with at most one thing to do, such as undoing. Returns how to dismiss it. */
  say(text: string, action: Toast['action'] = null): number {
    return this.#add({ tone: 'plain', text, action })
  }

  /** A failure stays until it is dismissed, or its page is left. */
  refuse(error: unknown): void {
    this.#add({ tone: 'bad', text: describeFailure(error).message, action: null })
  }

  /** Runs what a button starts; a refusal becomes a message, and the result is then undefined. */
  async attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work()
    } catch (error) {
      this.refuse(error)
      return undefined
    }
  }

  /** Another page is shown: what was refused on the one before is read by now, and stands in the way. */
  turnPage(): void {
    for (const { id, tone } of this.list) if (tone === 'bad') this.dismiss(id)
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id)
    this.hold(id)
  }

  /** Keeps a message while it is looked at. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
  }

  letGo(id: number): void {
    const toast = this.list.find((one) => one.id === id)
    if (toast?.tone === 'plain')
      this.#timers.set(
        id,
        setTimeout(() => this.dismiss(id), SHOWN_MS),
      )
  }

  #add(toast: Omit<Toast, 'id'>): number {
    const same = this.list.find((one) => one.text === toast.text && one.action === null)
    if (same !== undefined && toast.action === null) this.dismiss(same.id)
    const id = this.#nextId++
    const kept = this.list.slice(-(MOST_SHOWN - 1))
    this.list = [...kept, { ...toast, id }]
    this.letGo(id)
    return id
  }
}
