// Runs whose end could not be stored, such as on a full disk. It is stored as soon as the disk takes it: until then the
// history would tell of a run that trains while none does.
import type { Store } from '../store/open-store.ts'

export class UnsettledRuns {
  readonly #store: Store
  readonly #announceRun: (runId: string) => Promise<void>
  /** What storing failed with, by the id of the run. */
  readonly #reasons = new Map<string, string>()

  constructor(store: Store, announceRun: (runId: string) => Promise<void>) {
    this.#store = store
    this.#announceRun = announceRun
  }

  add(runId: string, reason: string): void {
    this.#reasons.set(runId, reason)
  }

  /** What trained becomes 'interrupted'; what had not begun keeps its place. @throws Failure while it cannot be stored */
  async settle(): Promise<void> {
    for (const [runId, reason] of this.#reasons) {
      const { status } = await this.#store.findRun(runId)
      if (status === 'running' || status === 'paused') await this.#interrupt(runId, reason)
      if (status !== 'queued') await this.#store.leaveQueue(runId)
      this.#reasons.delete(runId)
      await this.#announceRun(runId)
    }
  }

  async #interrupt(runId: string, cause: string): Promise<void> {
    const reason = `How it ended could not be stored; finished epochs are kept. ${cause}`
    await this.#store.updateStatus(runId, 'interrupted', reason)
    await this.#store.appendLog([runId], `Interrupted: ${reason}`)
  }
}
