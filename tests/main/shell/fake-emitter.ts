// Keeps listeners by the name of their event and calls them when a test says so.

type Listener = (...parameters: never[]) => void

export class FakeEmitter {
  readonly #listeners = new Map<string, Listener[]>()

  readonly on = (event: string, listener: Listener): unknown =>
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])

  readonly once = this.on

  emit(event: string, ...parameters: readonly unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...(parameters as never[]))
  }

  countListeners(event: string): number {
    return this.#listeners.get(event)?.length ?? 0
  }
}

/** An event of Electron's that can be prevented, and tells whether it was. */
export class FakeEvent {
  isPrevented = false
  readonly url: string

  constructor(url = '') {
    this.url = url
  }

  preventDefault(): void {
    this.isPrevented = true
  }
}
