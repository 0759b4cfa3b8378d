// What a run would be adapted with, asked for whenever the choice changes; only the answer to the newest question counts.
import type { AdaptationOutlook } from '#shared/adaptation.ts'
import type { Client } from '#shared/client.ts'
import { describeFailure } from '#shared/failure.ts'

export class ForeseenAdaptation {
  /** Null until the newest question is answered. */
  outlook: AdaptationOutlook | null = $state.raw(null)
  /** Why there is no answer; empty for nothing to tell. */
  problem = $state('')
  readonly #client: Client
  #asked = 0

  constructor(client: Client) {
    this.#client = client
  }

  async ask(runId: string, batchIds: readonly string[]): Promise<void> {
    const number = ++this.#asked
    this.outlook = null
    this.problem = ''
    try {
      const outlook = await this.#client.photos.foreseeAdaptation({ runId, batchIds: [...batchIds] })
      if (number === this.#asked) this.outlook = outlook
    } catch (error) {
      if (number === this.#asked) this.problem = describeFailure(error).message
    }
  }
}
