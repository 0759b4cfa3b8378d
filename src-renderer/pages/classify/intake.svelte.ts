// From what a user brings to a batch at work: sent, handed to the runs that are chosen, and opened.
import type { Client } from '#shared/client.ts'
import { MAX_BATCH_PHOTOS } from '#shared/contract/photos.ts'
import type { PhotoBatch } from '#shared/photo-batch.ts'
import type { PreparationSettings } from '#shared/preparation.ts'
import { writeCount } from '../../parts/numbers.ts'
import { addressOfPhotos } from '../../state/place.ts'
import type { Route } from '../../state/route.svelte.ts'
import type { Toasts } from '../../state/toasts.svelte.ts'
import type { Batches } from './batches.svelte.ts'
import type { Brought } from './brought-files.ts'
import type { Judges } from './judges.svelte.ts'
import { Uploads } from './uploads.svelte.ts'

interface IntakeParts {
  readonly client: Client
  readonly judges: Judges
  readonly batches: Batches
  readonly route: Route
  readonly toasts: Toasts
}

export class Intake {
  readonly uploads: Uploads
  /** What of the last delivery was not taken, in a sentence; empty for nothing. */
  note = $state('')
  readonly #parts: IntakeParts

  constructor(parts: IntakeParts) {
    this.#parts = parts
    this.uploads = new Uploads(parts.client)
  }

  async take(bringing: Brought | Promise<Brought>): Promise<void> {
    await this.#parts.toasts.attempt(async () => {
      if (!this.#isReady()) return
      const brought = await bringing
      this.note = describeRest(brought)
      if (brought.files.length === 0) {
        this.#parts.toasts.say('There was no photo in what was brought.')
        return
      }
      const uploads = await this.uploads.send(brought.files)
      if (uploads === null || uploads.length === 0) return
      await this.#begin({ paths: [], uploads })
    })
  }

  /** Files or folders that lie on the machine that Atelier runs on. */
  async takePaths(paths: readonly string[]): Promise<void> {
    await this.#parts.toasts.attempt(async () => {
      if (this.#isReady()) await this.#begin({ paths: [...paths], uploads: [] })
    })
  }

  /** The same photos, with other runs or settings: a batch of its own, which labels follow. */
  async again(batchId: string, runIds: readonly string[], settings: PreparationSettings): Promise<void> {
    await this.#parts.toasts.attempt(async () => {
      const { client, route, toasts } = this.#parts
      this.#open(await client.photos.classifyAgain({ batchId, runIds: [...runIds], settings }))
      toasts.say('The photos are judged again, as a batch of their own. Labels came along.', {
        label: 'Back to before',
        run: () => route.go(addressOfPhotos(batchId)),
      })
    })
  }

  #isReady(): boolean {
    const { judges, toasts } = this.#parts
    if (this.uploads.progress !== null)
      toasts.say('Photos are on their way already. Wait for them, or cancel that first.')
    else if (judges.status === 'loading')
      toasts.say('It is not known yet which runs can judge photos. Bring them again in a moment.')
    else if (judges.status === 'failed') toasts.say(`The runs could not be read: ${judges.problem}`)
    else if (judges.chosen.length === 0)
      toasts.say('No run can judge photos yet. Train one first: the photo-ready preset is made for it.')
    else return true
    return false
  }

  async #begin(sources: { paths: string[]; uploads: string[] }): Promise<void> {
    const { client, judges } = this.#parts
    const runIds = [...judges.chosen]
    this.#open(await client.photos.classify({ sources, runIds, settings: null, thresholds: null }))
  }

  /** Nobody who has gone to another page meanwhile is taken away from it. */
  #open(batch: PhotoBatch): void {
    const { batches, route, toasts } = this.#parts
    const show = (): void => route.go(addressOfPhotos(batch.id))
    batches.take(batch)
    if (route.place.page === 'classify') show()
    else toasts.say(`${batch.name} is being classified.`, { label: 'Show', run: show })
  }
}

const MOST_NAMED = 3

function describeRest({ leftOut, isCut }: Brought): string {
  const cut = `Only the first ${writeCount(MAX_BATCH_PHOTOS)} photos were taken: bring the others after these.`
  const count = leftOut.length
  const names = leftOut.slice(0, MOST_NAMED).map((name) => `“${name}”`)
  const named = [...names, ...(count > MOST_NAMED ? ['…'] : [])].join(', ')
  const others = `${count === 1 ? 'One file' : `${writeCount(count)} files`} in the folders ${count === 1 ? 'is no picture and was' : 'are no pictures and were'} left out: ${named}.`
  return [...(isCut ? [cut] : []), ...(count > 0 ? [others] : [])].join(' ')
}
