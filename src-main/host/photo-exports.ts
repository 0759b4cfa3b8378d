// What goes out of photo batches: how runs do on the labelled ones, results as text, labelled sets, sorted copies.
import { basename, resolve } from 'node:path'
import type { JudgingRun, PhotoBatch, PhotoEvaluation } from '#shared/photo-batch.ts'
import type { Home } from '../home.ts'
import type { PhotoTools } from '../photos/classify-photo.ts'
import { evaluatePhotos } from '../photos/evaluate-photos.ts'
import { exportLabelled, type LabelledFormat } from '../photos/export-labelled.ts'
import { exportResults } from '../photos/export-results.ts'
import { expandHome } from '../files/expand-home.ts'
import { findClass } from '../photos/folder-labels.ts'
import { folderNameOf } from '../photos/folder-name.ts'
import { describeJudgingRun, findJudge } from '../photos/judge-source.ts'
import { collectLabelled, labelOf } from '../photos/labelled-photos.ts'
import { sortPhotos } from '../photos/sort-photos.ts'
import type { Store } from '../store/open-store.ts'
import type { StoredPhoto } from '../store/read-photos.ts'

export interface Written {
  readonly path: string
  readonly count: number
  readonly leftOut: { file: string; reason: string }[]
}

export class PhotoExports {
  readonly #store: Store
  readonly #home: Home
  readonly #tools: PhotoTools

  constructor(store: Store, home: Home, tools: PhotoTools) {
    this.#store = store
    this.#home = home
    this.#tools = tools
  }

  /** Runs of the batch have answered already; others are asked now, for the inputs that are stored. */
  async evaluate(batchId: string, runIds: readonly string[]): Promise<PhotoEvaluation[]> {
    await this.#store.photos.readBatch(batchId)
    const evaluations: PhotoEvaluation[] = []
    for (const runId of new Set(runIds)) {
      const run = describeJudgingRun(await this.#store.findRun(runId))
      const photos = this.#store.photos.each(batchId)
      evaluations.push(await evaluatePhotos(run, photos, await this.#buildPredictor(run)))
    }
    return evaluations
  }

  async exportResults(batchId: string, format: 'csv' | 'json'): Promise<{ name: string; text: string }> {
    const { name, runs } = await this.#store.photos.readBatch(batchId)
    const text = await exportResults(this.#store.photos.each(batchId), runs, format)
    return { name: `${folderNameOf(name)}-results.${format}`, text }
  }

  async exportLabelled(
    batchId: string,
    folder: string,
    format: LabelledFormat,
    signal?: AbortSignal,
  ): Promise<Written> {
    const { runs } = await this.#store.photos.readBatch(batchId)
    const labelled = await collectLabelled(this.#store.photos.each(batchId), runs[0]?.classNames ?? [])
    const path = resolve(expandHome(folder))
    await exportLabelled(labelled, path, format, signal)
    return { path, count: labelled.inputs.length, leftOut: [...labelled.leftOut] }
  }

  async sort(
    batchId: string,
    folder: string,
    runId: string,
    by: 'predicted' | 'labelled',
    signal?: AbortSignal,
  ): Promise<Written> {
    const batch = await this.#store.photos.readBatch(batchId)
    const path = resolve(expandHome(folder))
    const classOf = (photo: StoredPhoto): string | null => chooseClass(photo, batch, runId, by)
    const sorted = await sortPhotos(this.#store.photos.each(batchId), path, classOf, signal)
    return { path, ...sorted }
  }

  async #buildPredictor(run: JudgingRun): Promise<(photo: StoredPhoto) => Promise<number | null>> {
    const judge = await findJudge(this.#store, this.#home, run.runId)
    return async ({ input, measures, predictions }) => {
      const known = predictions.find(({ runId }) => runId === run.runId)
      if (known !== undefined) return known.label
      if (input === null || measures === null) return null
      const { ranking } = await this.#tools.classifier.judge(judge, input, measures, null)
      return ranking[0]?.label ?? null
    }
  }
}

/** What someone says of a photo counts in place of what a run says; files keep the name of their class. */
function chooseClass(
  photo: StoredPhoto,
  { runs }: Pick<PhotoBatch, 'runs'>,
  runId: string,
  by: 'predicted' | 'labelled',
): string | null {
  if (by === 'predicted')
    return photo.predictions.find((prediction) => prediction.runId === runId)?.className ?? null
  const label = labelOf(photo)
  const names = runs.find((run) => run.runId === runId)?.classNames ?? []
  return label === null ? null : (findClass(label, names) ?? basename(label))
}
