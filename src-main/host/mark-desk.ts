// Marks as the contract tells of them. Stored first, then announced.
import type { AppEvent } from '#shared/contract.ts'
import type { ImageSource } from '#shared/contract/images.ts'
import type { MarkSetCounts } from '#shared/contract/marks.ts'
import { Failure } from '#shared/failure.ts'
import {
  bearsFlag,
  collectMarkSet,
  type Mark,
  MARK_FLAG_NAMES,
  MARK_FLAGS,
  type MarkSet,
  type MarksState,
} from '#shared/marks.ts'
import type { Backend } from '../backend.ts'
import type { FullDescription } from '../datasets/describe-dataset.ts'
import { decodeMarks, encodeMarks } from '../exports/marks-file.ts'
import type { ImageFlag } from '../images/image-questions.ts'
import { nameMarkSet } from '../store/mark-sets.ts'
import type { FlaggedDataset, ImageFlagSource } from './image-desk.ts'

export class MarkDesk implements ImageFlagSource {
  readonly #backend: Backend
  readonly #announce: (event: AppEvent) => void

  constructor(backend: Backend, announce: (event: AppEvent) => void) {
    this.#backend = backend
    this.#announce = announce
  }

  async read(source: ImageSource): Promise<MarksState> {
    return this.#readOf(await this.#describe(source))
  }

  async change(source: ImageSource, marks: readonly Mark[], text: string): Promise<MarksState> {
    const dataset = await this.#describe(source)
    for (const mark of marks) requireImage(mark, dataset)
    await this.#backend.store.changeMarks(dataset, marks, text)
    return this.#announceOf(dataset)
  }

  async reverse(source: ImageSource, direction: 'undo' | 'redo'): Promise<MarksState> {
    const dataset = await this.#describe(source)
    await this.#backend.store.reverseChange(dataset, direction)
    return this.#announceOf(dataset)
  }

  async write(source: ImageSource, format: 'csv' | 'json'): Promise<string> {
    const dataset = await this.#describe(source)
    return encodeMarks((await this.#backend.store.readMarks(dataset)).marks, dataset, format)
  }

  async import(source: ImageSource, text: string): Promise<MarksState & { imported: number }> {
    const dataset = await this.#describe(source)
    const marks = decodeMarks(text, dataset)
    const imported = marks.length
    if (imported > 0) await this.#backend.store.changeMarks(dataset, marks, `Imported ${imported} marks`)
    return { ...(await this.#announceOf(dataset)), imported }
  }

  /** @param set the name of a set, null for the marks of now */
  async count(source: ImageSource, set: string | null): Promise<MarkSetCounts> {
    const dataset = await this.#describe(source)
    const { store } = this.#backend
    const { trainCount, hash: datasetHash } = dataset
    const named =
      set === null
        ? nameMarkSet(collectMarkSet((await store.readMarks(dataset)).marks, trainCount), datasetHash)
        : await store.findMarkSet(set, datasetHash)
    const { excluded, corrected } = named.set
    return { hash: named.hash, excluded: excluded.length, corrected: corrected.length }
  }

  async readSet(hash: string, datasetHash: string): Promise<MarkSet> {
    return (await this.#backend.store.findMarkSet(hash, datasetHash)).set
  }

  /** What images can be filtered by; nothing where nothing is marked. */
  async readFlags(dataset: FlaggedDataset): Promise<readonly ImageFlag[]> {
    const { marks } = await this.#backend.store.readMarks(dataset)
    if (marks.length === 0) return []
    return MARK_FLAG_NAMES.map((name) => ({
      name,
      label: MARK_FLAGS[name],
      images: Uint32Array.from(marks.filter((mark) => bearsFlag(mark, name)).map(({ image }) => image)),
    }))
  }

  #describe({ datasetId, directory }: ImageSource): Promise<FullDescription> {
    return this.#backend.describeDataset({ id: datasetId, directory })
  }

  async #readOf(dataset: FullDescription): Promise<MarksState> {
    const { marks, undo, redo } = await this.#backend.store.readMarks(dataset)
    return { datasetHash: dataset.hash, marks: [...marks], undo, redo }
  }

  async #announceOf(dataset: FullDescription): Promise<MarksState> {
    this.#announce({ type: 'marks-changed', datasetHash: dataset.hash })
    return this.#readOf(dataset)
  }
}

function requireImage({ image, label }: Mark, { trainCount, testCount, classNames }: FullDescription): void {
  if (image >= trainCount + testCount) {
    const last = trainCount + testCount - 1
    throw new Failure('invalid-setting', `There is no image ${image}: the last one is ${last}.`)
  }
  if (label !== null && label >= classNames.length) {
    throw new Failure('invalid-setting', `There is no class ${label}: there are ${classNames.length}.`)
  }
}
