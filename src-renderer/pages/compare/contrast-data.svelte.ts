// Where A and the baseline answer differently: asked once for each pair, and the pictures of those images.
import type { Client } from '#shared/client.ts'
import type { ComparedRun, Contrast } from '#shared/contract/comparisons.ts'
import { describeFailure } from '#shared/failure.ts'
import { type ImageLibrary, openImageLibrary } from '../../state/image-library.svelte.ts'

export class ContrastData {
  contrast: Contrast | null = $state.raw(null)
  /** Why there is none; empty while it is on its way. */
  problem = $state('')
  imageLibrary: ImageLibrary | null = $state.raw(null)
  /** Why there are no pictures; empty where there are. */
  pictureProblem = $state('')
  readonly #client: Client
  #pair = ''

  constructor(client: Client) {
    this.#client = client
  }

  async read(first: ComparedRun, second: ComparedRun): Promise<void> {
    const pair = `${first.id} ${second.id} ${first.finishedAt ?? ''} ${second.finishedAt ?? ''}`
    if (pair === this.#pair) return
    this.#pair = pair
    this.contrast = null
    this.problem = ''
    try {
      const contrast = await this.#client.comparisons.contrast({ first: first.id, second: second.id })
      if (pair !== this.#pair) return
      this.contrast = contrast
      await this.#openLibrary(first, pair)
    } catch (error) {
      if (pair === this.#pair) this.problem = describeFailure(error).message
    }
  }

  async #openLibrary({ dataset }: ComparedRun, pair: string): Promise<void> {
    const known = this.imageLibrary
    if (known !== null && known.format.hash === dataset.hash) return
    this.imageLibrary = null
    this.pictureProblem = ''
    try {
      const source = { datasetId: dataset.id, directory: dataset.directory }
      const library = await openImageLibrary(this.#client, source)
      if (pair !== this.#pair) return
      if (library.format.hash === dataset.hash) this.imageLibrary = library
      else
        this.pictureProblem = `${dataset.name} is not what the runs saw any more: there are no pictures to show.`
    } catch (error) {
      if (pair === this.#pair) this.pictureProblem = describeFailure(error).message
    }
  }
}
