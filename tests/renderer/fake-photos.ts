// The photos of the fake host: batches in memory whose answers are made of the photo's number, so that a page always
// finds confident, doubtful, refused and disagreeing ones. It decodes and judges nothing.
import type { AdaptationGain, AdaptationOutlook } from '#shared/adaptation.ts'
import type { AppEvent } from '#shared/contract.ts'
import { Failure } from '#shared/failure.ts'
import type {
  JudgingRun,
  PhotoBatch,
  PhotoDetail,
  PhotoEvaluation,
  PhotoNumbersQuery,
  PhotoPage,
  PhotoQuery,
  PhotoRow,
} from '#shared/photo-batch.ts'
import {
  DEFAULT_PREPARATION,
  type CutOutEdit,
  type PreparationSettings,
  PREPARATION_VERSION,
  STEP_NAMES,
} from '#shared/preparation.ts'
import type { Run } from '#shared/run.ts'
import type { JudgeThresholds } from '#shared/verdict.ts'
import {
  CLASSES,
  drawInput,
  labelOf,
  makeAnswer,
  makePrediction,
  makeRow,
  passes,
  THUMBNAIL,
} from './fake-photo-rows.ts'

export const FAKE_THRESHOLDS: JudgeThresholds = { probability: 0.7, strangeness: 0.98, contrast: 6 }

export const FAKE_SAMPLES = {
  folder: '/atelier/sample-photos',
  photos: CLASSES.map((className) => {
    const file = `${className.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.jpg`
    return { file, path: `/atelier/sample-photos/${file}`, className, thumbnail: THUMBNAIL }
  }),
}

interface FakeUpload {
  readonly uploadId: string | null
  readonly name: string
  readonly bytes: number
  readonly piece: string
}

export class FakePhotos {
  readonly batches = new Map<string, PhotoBatch>()
  readonly rows = new Map<string, PhotoRow[]>()
  readonly uploads = new Map<string, { name: string; bytes: number; received: number }>()
  settings: PreparationSettings = DEFAULT_PREPARATION
  /** What every adaptation gained. */
  gain: AdaptationGain | null = null
  /** Why no run can judge; null while all can. */
  judgeProblem: string | null = null
  readonly #announce: (event: AppEvent) => void
  readonly #changes: { batchId: string; before: readonly PhotoRow[] }[] = []

  constructor(announce: (event: AppEvent) => void) {
    this.#announce = announce
  }

  /** Puts a batch there whose photos are all answered. */
  add(files: readonly string[], runs: readonly Run[], settings = this.settings): PhotoBatch {
    const judges = runs.map(describeJudge)
    const id = `photos${this.batches.size + 1}`
    this.rows.set(
      id,
      files.map((file, number) => makeRow(number, file, judges)),
    )
    this.settings = settings
    const [first = 'photos'] = files
    const name = files.length === 1 ? first : `${first.split('/')[0] ?? first} (${files.length} photos)`
    return this.#put({ ...EMPTY, id, name, runs: judges, settings })
  }

  /** Says that a batch is so far; the rows beyond wait. */
  change(batchId: string, changes: Partial<PhotoBatch>): PhotoBatch {
    return this.#put({ ...this.find(batchId), ...changes })
  }

  find(batchId: string): PhotoBatch {
    const batch = this.batches.get(batchId)
    if (batch === undefined) throw new Failure('not-found', `There is no photo batch ${batchId}.`)
    return batch
  }

  remove(batchId: string): void {
    this.batches.delete(this.find(batchId).id)
    this.#announce({ type: 'photo-batch-deleted', batchId })
  }

  upload({ uploadId, name, bytes, piece }: FakeUpload): { uploadId: string; received: number } {
    const id = uploadId ?? `upload${this.uploads.size + 1}`
    const known = this.uploads.get(id) ?? { name, bytes, received: 0 }
    const received = known.received + atob(piece).length
    this.uploads.set(id, { ...known, received })
    return { uploadId: id, received }
  }

  list({ from, count, ...query }: PhotoQuery): PhotoPage {
    const found = this.#query(query)
    return { total: found.length, photos: found.slice(from, from + count) }
  }

  listNumbers(query: PhotoNumbersQuery): { numbers: number[] } {
    return { numbers: this.#query(query).map(({ number }) => number) }
  }

  #query({ batchId, filter, search, predicted, verdict }: PhotoNumbersQuery): PhotoRow[] {
    return this.#rowsOf(batchId).filter((row) => {
      const [first] = row.predictions
      if (!row.file.toLowerCase().includes(search.toLowerCase())) return false
      if (predicted !== null && first?.className !== predicted) return false
      if (verdict !== null && first?.verdict.name !== verdict) return false
      return passes(row, filter)
    })
  }

  detail(
    batchId: string,
    number: number,
    settings?: PreparationSettings,
    edit?: CutOutEdit | null,
  ): PhotoDetail {
    const batch = this.find(batchId)
    const found = this.#rowsOf(batchId)[number]
    if (found === undefined) throw new Failure('not-found', `There is no photo ${number}.`)
    const row = settings === undefined ? found : { ...found, edited: true }
    this.#replace(batchId, [row])
    const image = { width: 28, height: 28, channels: 1 as const, pixels: row.input ?? drawInput(number) }
    return {
      row,
      settings: settings ?? batch.settings,
      edit: edit ?? null,
      originalWidth: 1200,
      originalHeight: 1600,
      steps: STEP_NAMES.map((name) => ({ name, title: name, note: `The step ${name}.`, image })),
      measures: {
        ...{ source: 'border', backgroundTone: 0.9, backgroundSpread: 2, garmentTone: 0.3, contrast: 48 },
        ...{ coverage: 0.4, touchesBorder: 0, cutOutQuality: 0.9, inverted: true },
      },
      answers: batch.runs.map((run, index) => makeAnswer(run, row.predictions[index], image)),
    }
  }

  correct(batchId: string, numbers: readonly number[], label: string | null): PhotoBatch {
    const before = this.#rowsOf(batchId).filter(({ number }) => numbers.includes(number))
    this.#changes.push({ batchId, before })
    this.#replace(
      batchId,
      before.map((row) => ({ ...row, correctedLabel: label })),
    )
    return this.#put(this.find(batchId))
  }

  undo(batchId: string): { batch: PhotoBatch; numbers: number[] } {
    const at = this.#changes.findLastIndex((change) => change.batchId === batchId)
    const [change] = at < 0 ? [] : this.#changes.splice(at, 1)
    if (change === undefined) throw new Failure('not-found', 'There is no label to take back.')
    this.#replace(batchId, change.before)
    return { batch: this.#put(this.find(batchId)), numbers: change.before.map(({ number }) => number) }
  }

  evaluate(batchId: string, runs: readonly Run[]): PhotoEvaluation[] {
    const labelled = this.#rowsOf(batchId).filter((row) => labelOf(row) !== null)
    return runs.map((run) => {
      const isKnown = (row: PhotoRow): boolean => CLASSES.some((one) => one === labelOf(row))
      const counted = labelled.filter((row) => row.status === 'predicted' && isKnown(row))
      const strange = Map.groupBy(
        labelled.filter((row) => !isKnown(row)),
        (row) => labelOf(row) ?? '',
      )
      const answers = counted.map((row) => makePrediction(run.id, row.number).className)
      const correct = counted.filter((row, index) => labelOf(row) === answers[index]).length
      const accuracy = counted.length === 0 ? null : correct / counted.length
      const { testAccuracy } = describeJudge(run)
      const confusionMatrix = CLASSES.map((truth) =>
        CLASSES.map(
          (guess) =>
            counted.filter((row, index) => labelOf(row) === truth && answers[index] === guess).length,
        ),
      )
      return {
        ...{ runId: run.id, count: counted.length, correct, accuracy, confusionMatrix },
        interval:
          accuracy === null ? null : { low: Math.max(0, accuracy - 0.1), high: Math.min(1, accuracy + 0.1) },
        gap: accuracy === null || testAccuracy === null ? null : testAccuracy - accuracy,
        classNames: [...CLASSES],
        leftOut: labelled.length - counted.length,
        unknown: [...strange].map(([className, rows]) => ({ className, count: rows.length })),
      }
    })
  }

  foreseeAdaptation(batchIds: readonly string[]): AdaptationOutlook {
    const labels = batchIds.flatMap((batchId) => this.#rowsOf(batchId).map(labelOf))
    const classes = CLASSES.map((className) => ({
      ...{ className, count: labels.filter((label) => label === className).length },
    }))
    const count = classes.reduce((sum, one) => sum + one.count, 0)
    return { count, classes, problem: count < 4 ? 'Label more photos with classes of the run.' : null }
  }

  #rowsOf(batchId: string): PhotoRow[] {
    return this.rows.get(this.find(batchId).id) ?? []
  }

  #replace(batchId: string, rows: readonly PhotoRow[]): void {
    const all = this.#rowsOf(batchId)
    for (const row of rows) all[row.number] = row
    this.#announce({ type: 'photos-changed', batchId })
  }

  #put(batch: PhotoBatch): PhotoBatch {
    const rows = this.rows.get(batch.id) ?? []
    const count = (filter: PhotoQuery['filter']): number => rows.filter((row) => passes(row, filter)).length
    const counted = {
      ...batch,
      total: rows.length,
      done: batch.status === 'running' ? batch.done : rows.length,
      refused: count('refused'),
      doubtful: count('doubtful'),
      disagreeing: count('disagreeing'),
      labelled: count('labelled'),
      corrected: count('corrected'),
      wrong: count('wrong'),
    }
    this.batches.set(batch.id, counted)
    this.#announce({ type: 'photo-batch-changed', batch: counted })
    return counted
  }
}

const EMPTY: Omit<PhotoBatch, 'id' | 'name' | 'runs' | 'settings'> = {
  status: 'completed',
  reason: null,
  activity: null,
  createdAt: '2026-03-01T10:00:00.000Z',
  preparationVersion: PREPARATION_VERSION,
  thresholds: null,
  ...{ total: 0, done: 0, refused: 0, doubtful: 0, disagreeing: 0, labelled: 0, corrected: 0, wrong: 0 },
  folderClasses: [],
}

export function describeJudge({ id, name, dataset, evaluation }: Run): JudgingRun {
  return {
    ...{ runId: id, name, classNames: dataset.classNames.length === 0 ? [...CLASSES] : dataset.classNames },
    testAccuracy: evaluation?.metrics.accuracy ?? null,
  }
}
