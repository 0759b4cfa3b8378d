// The trainer process's line to a window that computes for it.

export interface WindowPort {
  post(message: unknown): void
  /** To be called once; what has come in by then is heard too. */
  onMessage(listener: (message: unknown) => void): void
  /** Called when the window is gone. */
  onClose(listener: () => void): void
}

/** @throws Failure 'unavailable' when there can be no window */
export type OpenWindow = () => Promise<WindowPort>
