// Runs measured on the labelled photos of a batch, one after the other, so that what is done is seen and the rest can be
// left. Results stand in the order in which they were asked for.
import type { Client } from '#shared/client.ts'
import { describeFailure } from '#shared/failure.ts'
import type { PhotoEvaluation, PhotoJudge } from '#shared/photo-batch.ts'

export interface NamedEvaluation extends PhotoEvaluation {
  readonly name: string
  /** Accuracy on the run's own test images, 0..1; null where it was not evaluated on them. */
  readonly testAccuracy: number | null
}

export class PhotoEvaluations {
  results: readonly NamedEvaluation[] = $state.raw([])
  /** The run that is measured now, or null. */
  current: string | null = $state(null)
  done = $state(0)
  total = $state(0)
  /** Why a run could not be measured; empty for nothing to tell. */
  problem = $state('')
  readonly #client: Client
  #ending = new AbortController()

  constructor(client: Client) {
    this.#client = client
  }

  async measure(batchId: string, judges: readonly PhotoJudge[]): Promise<void> {
    this.stop()
    const { signal } = (this.#ending = new AbortController())
    this.results = []
    this.problem = ''
    this.done = 0
    this.total = judges.length
    for (const judge of judges) {
      this.current = judge.name
      try {
        const { runId, name, testAccuracy } = judge
        const [evaluation] = await this.#client.photos.evaluate({ batchId, runIds: [runId] }, { signal })
        if (signal.aborted) return
        if (evaluation !== undefined) this.results = [...this.results, { ...evaluation, name, testAccuracy }]
        this.done++
      } catch (error) {
        if (signal.aborted) return
        this.problem = `${judge.name} could not be measured: ${describeFailure(error).message}`
        break
      }
    }
    this.current = null
  }

  /** What is measured stays; the run that is being measured is left. */
  stop(): void {
    this.#ending.abort()
    this.current = null
  }
}
