// What the page of a dataset shows: which images, in which order, what a run said of them, and the one that is opened.
// All of it also stands in the address. Every change of filter or order asks the host anew; only the last answer counts.
import type { Client } from '#shared/client.ts'
import type { ImageFacets, ImageSource } from '#shared/contract/images.ts'
import { describeFailure } from '#shared/failure.ts'
import type { ImageFilter, ImageOrder, PredictionFilter } from '#shared/images.ts'
import type { ImageCaption } from '../../parts/images/caption.ts'
import { ImageSelection } from '../../parts/images/image-selection.svelte.ts'
import { limitZoom, USUAL_ZOOM } from '../../parts/images/zoom.ts'
import { readFilter, readOrder, writeFilter, writeOrder } from '../../state/image-address.ts'
import {
  ImageLibrary,
  openImageLibrary,
  readList,
  type RunAnswers,
} from '../../state/image-library.svelte.ts'

type Shows = 'nothing' | 'labels' | 'answers'

export class DatasetView {
  status: 'loading' | 'ready' | 'failed' = $state('loading')
  /** Why the dataset or the images asked for could not be had; empty when they could. */
  problem = $state('')
  /** An answer is on its way. */
  isAsking = $state(false)
  imageLibrary: ImageLibrary | null = $state.raw(null)
  list: Uint32Array<ArrayBuffer> = $state.raw(new Uint32Array())
  facets: ImageFacets | null = $state.raw(null)
  /** Of the filter's run; null while none is chosen or they are on their way. */
  answers: RunAnswers | null = $state.raw(null)
  filter: ImageFilter = $state.raw(readFilter(new URLSearchParams()))
  order: ImageOrder = $state.raw(readOrder(new URLSearchParams()))
  zoom = $state(USUAL_ZOOM)
  shows: Shows = $state('nothing')
  /** The image that is shown large, or null. */
  opened: number | null = $state(null)
  /** Under the mouse, or null. */
  pointed: number | null = $state(null)
  /** Runs whose answers stand beside the opened image. */
  asked: readonly string[] = $state.raw([])
  readonly selection = new ImageSelection()
  readonly #client: Client
  #asked = 0

  constructor(client: Client, parameters: URLSearchParams) {
    this.#client = client
    this.filter = readFilter(parameters)
    this.order = readOrder(parameters)
    this.zoom = Math.max(1, Math.round(Number(parameters.get('zoom') ?? USUAL_ZOOM)) || USUAL_ZOOM)
    const shows = parameters.get('show')
    this.shows = shows === 'labels' || shows === 'answers' ? shows : 'nothing'
    const opened = Number(parameters.get('image') ?? NaN)
    this.opened = Number.isInteger(opened) && opened >= 0 ? opened : null
    this.selection.active = this.opened
    this.asked = (parameters.get('runs') ?? '').split(',').filter((runId) => runId !== '')
  }

  /** What the address is to say. */
  readonly parameters: Readonly<Record<string, string>> = $derived.by(() => ({
    ...writeFilter(this.filter),
    ...writeOrder(this.order),
    zoom: this.zoom === USUAL_ZOOM ? '' : `${this.zoom}`,
    show: this.shows === 'nothing' ? '' : this.shows,
    image: this.opened === null ? '' : `${this.opened}`,
    runs: this.asked.join(','),
  }))

  readonly caption = (image: number): ImageCaption =>
    this.imageLibrary?.caption(image, this.answers) ?? { name: `${image}`, label: '', answer: null }

  /** Opens the dataset, or opens it again where its content has changed. */
  async open(source: ImageSource): Promise<void> {
    const asked = ++this.#asked
    try {
      const library = await openImageLibrary(this.#client, source)
      if (asked !== this.#asked) return
      this.imageLibrary = library
      this.zoom = limitZoom(this.zoom, library.format.width)
      if (this.opened !== null && this.opened >= library.count) this.opened = null
      await this.refresh()
    } catch (error) {
      if (asked === this.#asked) this.#fail(error)
    }
  }

  /** Asks for the images and the counts again, as after a change of flags. */
  async refresh(): Promise<void> {
    const { imageLibrary: library, filter, order } = this
    if (library === null) return
    const asked = ++this.#asked
    const { images } = this.#client
    const query = { ...library.source, filter }
    this.isAsking = true
    try {
      const [list, facets, answers] = await Promise.all([
        images.select({ ...query, order }).then(readList),
        images.countFacets(query),
        this.#readAnswers(library, filter.prediction),
      ])
      if (asked !== this.#asked) return
      this.list = list
      this.facets = facets
      this.answers = answers
      this.selection.active ??= list[0] ?? null
      this.problem = ''
      this.status = 'ready'
    } catch (error) {
      if (asked === this.#asked) this.#fail(error)
    } finally {
      if (asked === this.#asked) this.isAsking = false
    }
  }

  /** Changes a part of the filter; images that are chosen stay chosen while they are shown. */
  narrow(changes: Partial<ImageFilter>): void {
    this.filter = { ...this.filter, ...changes }
    if (this.filter.prediction === null && needsRun(this.order)) this.order = readOrder(new URLSearchParams())
    void this.refresh()
  }

  /** Changes what is asked of the answers of the filter's run. */
  narrowAnswers(changes: Partial<PredictionFilter>): void {
    const { prediction } = this.filter
    if (prediction !== null) this.narrow({ prediction: { ...prediction, ...changes } })
  }

  chooseRun(runId: string | null): void {
    if (runId === null) {
      if (this.shows === 'answers') this.shows = 'labels'
      this.narrow({ prediction: null })
      return
    }
    const usual = { classes: [], outcome: null, confidence: [0, 1], differsFrom: null } as const
    const kept = this.filter.prediction ?? { ...usual, classes: [], confidence: [0, 1] as [number, number] }
    const differsFrom = kept.differsFrom === runId ? null : kept.differsFrom
    this.shows = 'answers'
    this.narrow({ prediction: { ...kept, runId, differsFrom } })
  }

  sort(changes: Partial<ImageOrder>): void {
    this.order = { ...this.order, ...changes }
    void this.refresh()
  }

  sortByLikeness(image: number): void {
    this.opened = null
    this.selection.activate(image)
    this.sort({ by: 'likeness', image, runId: null, descending: false })
  }

  clearFilter(): void {
    this.narrow(readFilter(new URLSearchParams()))
  }

  /** Shows what is known of the images below them, or hides it. */
  toggleLabels(): void {
    const known = this.filter.prediction === null ? 'labels' : 'answers'
    this.shows = this.shows === 'nothing' ? known : 'nothing'
  }

  toggleAsked(runId: string): void {
    const { asked } = this
    this.asked = asked.includes(runId) ? asked.filter((one) => one !== runId) : [...asked, runId]
  }

  /** Opens an image, beside which the filter's runs are asked at least; null closes it. */
  show(image: number | null): void {
    const { runId, differsFrom } = this.filter.prediction ?? { runId: null, differsFrom: null }
    const missing = [runId, differsFrom].filter((id) => id !== null && !this.asked.includes(id))
    if (image !== null && missing.length > 0)
      this.asked = [...this.asked, ...missing.filter((id) => id !== null)]
    this.opened = image
    if (image !== null) this.selection.activate(image)
  }

  /** The neighbour in the list of the image that is opened: 1 the next, -1 the one before. */
  step(by: 1 | -1): void {
    if (this.opened === null) return
    const place = this.list.indexOf(this.opened)
    const next = this.list[place === -1 ? 0 : place + by]
    if (next !== undefined) this.show(next)
  }

  async #readAnswers(library: ImageLibrary, prediction: PredictionFilter | null): Promise<RunAnswers | null> {
    if (prediction === null) return null
    if (this.answers?.runId === prediction.runId) return this.answers
    return library.readAnswers(prediction.runId)
  }

  #fail(error: unknown): void {
    this.problem = describeFailure(error).message
    if (this.imageLibrary === null) this.status = 'failed'
  }
}

function needsRun({ by }: ImageOrder): boolean {
  return by === 'confidence' || by === 'answer' || by === 'mistake'
}
