// What the quality board shows: how the work stands, the findings of one kind, and which of them pass the filter. What is
// chosen also stands in the address.
import type { ImageSource } from '#shared/contract/images.ts'
import type { QualityFindings } from '#shared/contract/quality.ts'
import { FINDING_KINDS, type FindingKind, type QualityState } from '#shared/quality.ts'
import { Selection } from '../../parts/table/selection.svelte.ts'
import type { Connection } from '../../state/connection.svelte.ts'
import { type ImageLibrary, openImageLibrary } from '../../state/image-library.svelte.ts'
import { Marks } from '../../state/marks.svelte.ts'
import { Reading } from '../../state/reading.svelte.ts'
import { EVERY_ROW, filterRows, listRows, type QualityRow, type RowFilter } from './quality-rows.ts'

export class QualityBoard extends Reading {
  state: QualityState | null = $state.raw(null)
  findings: QualityFindings | null = $state.raw(null)
  imageLibrary: ImageLibrary | null = $state.raw(null)
  kind: FindingKind = $state('duplicates')
  filter: RowFilter = $state.raw(EVERY_ROW)
  readonly marks: Marks
  readonly selection = new Selection()
  readonly source: ImageSource
  readonly #connection: Connection
  readonly #stop: () => void

  readonly rows: readonly QualityRow[] = $derived(
    this.findings === null ? [] : listRows(this.findings, this.kind),
  )
  readonly shown: readonly QualityRow[] = $derived.by(() => {
    const { imageLibrary: library, marks } = this
    if (library === null) return []
    return filterRows(this.rows, this.filter, library.format.trainCount, (image) => marks.isMarked(image))
  })
  readonly chosenRows: readonly QualityRow[] = $derived(
    this.shown.filter(({ key }) => this.selection.has(key)),
  )
  readonly activeRow: QualityRow | null = $derived(
    this.shown.find(({ key }) => key === this.selection.active) ?? null,
  )
  readonly parameters: Readonly<Record<string, string>> = $derived({
    kind: this.kind === 'duplicates' ? '' : this.kind,
    split: this.filter.split === 'all' ? '' : this.filter.split,
    class: this.filter.label === null ? '' : String(this.filter.label),
    marked: this.filter.marked === 'all' ? '' : this.filter.marked,
  })

  constructor(connection: Connection, source: ImageSource, parameters: URLSearchParams) {
    super()
    this.source = source
    this.#connection = connection
    this.marks = new Marks(connection, source)
    this.kind = FINDING_KINDS.find((kind) => kind === parameters.get('kind')) ?? 'duplicates'
    this.filter = readFilter(parameters)
    this.#stop = connection.listen({
      connected: () => void this.read(),
      heard: (event) => {
        if (event.type === 'quality-changed' && event.datasetId === source.datasetId) void this.read()
        if (event.type !== 'quality-progressed' || event.datasetId !== source.datasetId) return
        if (this.state !== null) this.state = { ...this.state, work: { progress: event.progress } }
      },
    })
  }

  close(): void {
    this.#stop()
    this.marks.close()
  }

  async read(): Promise<void> {
    const { client } = this.#connection
    const ask = async () => {
      const [state, library] = await Promise.all([
        client.quality.read(this.source),
        this.imageLibrary ?? openImageLibrary(client, this.source),
      ])
      const isReadable = state.state === 'fresh' || state.state === 'other-methods'
      return { state, library, findings: isReadable ? await client.quality.readFindings(this.source) : null }
    }
    await this.readNewest(ask, ({ state, library, findings }) => {
      this.state = state
      this.imageLibrary = library
      this.findings = findings
    })
  }

  choose(kind: FindingKind): void {
    if (kind === this.kind) return
    this.kind = kind
    if (kind !== 'duplicates' && this.filter.split === 'both') this.narrow({ split: 'all' })
    this.selection.clear()
    this.selection.active = null
  }

  narrow(changes: Partial<RowFilter>): void {
    this.filter = { ...this.filter, ...changes }
    const keys = new Set(this.shown.map(({ key }) => key))
    this.selection.keepOnly((key) => keys.has(key))
  }

  /** @throws what the call refuses with */
  async compute(runId: string | null, again: boolean): Promise<void> {
    this.state = await this.#connection.client.quality.compute({ ...this.source, runId, again })
  }

  /** @throws what the call refuses with */
  async cancel(): Promise<void> {
    await this.#connection.client.quality.cancel(this.source)
  }
}

function readFilter(parameters: URLSearchParams): RowFilter {
  const label = Number(parameters.get('class') ?? Number.NaN)
  return {
    split: (['train', 'test', 'both'] as const).find((split) => split === parameters.get('split')) ?? 'all',
    label: Number.isInteger(label) && label >= 0 ? label : null,
    marked: (['open', 'marked'] as const).find((marked) => marked === parameters.get('marked')) ?? 'all',
  }
}
