// Another run on the same images: where the two answer differently, and what may be claimed of that. Asked once for each
// pair, and again when one of them was trained on.
import type { Client } from '#shared/client.ts'
import type { ModelVerdict } from '#shared/compare/verdict.ts'
import type { Contrast } from '#shared/contract/comparisons.ts'
import { describeFailure } from '#shared/failure.ts'
import type { Run } from '#shared/run.ts'
import type { ImageLibrary, RunAnswers } from '../../state/image-library.svelte.ts'

interface Known {
  readonly run: Run
  readonly contrast: Contrast
  readonly verdict: ModelVerdict
}

export class OtherRun {
  known: Known | null = $state.raw(null)
  /** What the other run answered; null where the images are not here. */
  answers: RunAnswers | null = $state.raw(null)
  /** Why there is nothing to show; empty while it is on its way. */
  problem = $state('')
  readonly #client: Client
  #pair = ''

  constructor(client: Client) {
    this.#client = client
  }

  /** @param other its id, or '' for none, and when it ended, where that is known */
  async read(
    { id: runId, finishedAt }: Pick<Run, 'id' | 'finishedAt'>,
    { id: other, finishedAt: otherFinishedAt }: Pick<Run, 'id' | 'finishedAt'>,
    library: ImageLibrary | null,
  ): Promise<void> {
    const pair = JSON.stringify([runId, finishedAt, other, otherFinishedAt, library !== null])
    if (pair === this.#pair) return
    this.#pair = pair
    this.known = null
    this.answers = null
    this.problem = ''
    if (other === '') return
    const { comparisons, runs } = this.#client
    try {
      const [run, contrast, verdicts, answers] = await Promise.all([
        runs.read({ runId: other }),
        comparisons.contrast({ first: runId, second: other }),
        comparisons.judge({ runIds: [runId, other], baseline: other }),
        library?.readAnswers(other) ?? null,
      ])
      if (pair !== this.#pair) return
      const verdict = verdicts.models.find((one) => one.runId === runId)?.verdict
      if (verdict !== undefined) this.known = { run, contrast, verdict }
      this.answers = answers
    } catch (error) {
      if (pair === this.#pair) this.problem = describeFailure(error).message
    }
  }
}
