// One photo looked at closely: every step from the file to the input, what each run says and why; and answers that are
// given anew after an edit or with other limits.
import { INPUT_SIDE } from '#shared/core/photo/photo.ts'
import { decideVerdict } from '#shared/core/photo/judge/decide-verdict.ts'
import { Failure } from '#shared/failure.ts'
import type { OcclusionMap, PhotoBatch, PhotoDetail } from '#shared/photo-batch.ts'
import type { CutOutEdit, PreparationSettings } from '#shared/preparation.ts'
import type { JudgeThresholds } from '#shared/verdict.ts'
import type { Home } from '../home.ts'
import { classifyPhoto, type PhotoTools, summarizeJudgements } from '../photos/classify-photo.ts'
import type { JudgeSource } from '../photos/classifier-messages.ts'
import { findJudge } from '../photos/judge-source.ts'
import type { PhotoStore } from '../store/photo-store.ts'
import type { Store } from '../store/open-store.ts'
import type { StoredPhoto } from '../store/read-photos.ts'
import { describeAnswer, describePhoto, describeSteps } from './photo-pages.ts'

export interface CloseupSettings {
  readonly store: Store
  readonly home: Home
  readonly tools: PhotoTools
  /** Tells that photos of the batch have changed. */
  readonly tellChange: (batchId: string) => Promise<PhotoBatch>
}

export class PhotoCloseup {
  readonly #store: Store
  readonly #photos: PhotoStore
  readonly #home: Home
  readonly #tools: PhotoTools
  readonly #tellChange: (batchId: string) => Promise<PhotoBatch>

  constructor({ store, home, tools, tellChange }: CloseupSettings) {
    this.#store = store
    this.#photos = store.photos
    this.#home = home
    this.#tools = tools
    this.#tellChange = tellChange
  }

  async readPhoto(batchId: string, number: number): Promise<PhotoDetail> {
    const photo = await this.#photos.find(batchId, number)
    const { settings } = await this.#photos.readBatch(batchId)
    return this.#look(batchId, photo, photo.settings ?? settings, photo.edit)
  }

  /** The photo's answers are replaced by those for the new preparation. */
  async prepareAgain(
    batchId: string,
    number: number,
    settings: PreparationSettings,
    edit: CutOutEdit | null,
  ): Promise<PhotoDetail> {
    const before = await this.#photos.find(batchId, number)
    const judges = await this.#findJudges(batchId)
    const { thresholds } = await this.#photos.readBatch(batchId)
    const request = { path: before.path, settings, edit, thresholds, judges }
    const { prepared, judgements } = await classifyPhoto(this.#tools, request, 'input')
    const { input, thumbnail, measures } = prepared
    const predictions = summarizeJudgements(judges, judgements)
    await this.#photos.setEdit(batchId, number, settings, edit)
    await this.#photos.recordOutcomes(batchId, [
      { status: 'predicted', number, input, thumbnail, measures, predictions },
    ])
    await this.#tellChange(batchId)
    return this.readPhoto(batchId, number)
  }

  /** @throws Failure 'conflict' for a photo that has no answer of the run */
  async explain(batchId: string, number: number, runId: string): Promise<OcclusionMap> {
    const { input, predictions } = await this.#photos.find(batchId, number)
    const prediction = predictions.find((one) => one.runId === runId)
    if (input === null || prediction === undefined)
      throw new Failure(
        'conflict',
        'This photo was not answered by this run, so there is nothing to explain.',
      )
    const values = await this.#tools.classifier.explain(await this.#findJudge(runId), input, prediction.label)
    return { width: INPUT_SIDE, height: INPUT_SIDE, values }
  }

  /** Every answer gets its verdict anew, from the measures that are stored with it; null for each run's own limits. */
  async changeThresholds(batchId: string, thresholds: JudgeThresholds | null): Promise<PhotoBatch> {
    const judges = await this.#findJudges(batchId)
    const limits = new Map<string, JudgeThresholds>()
    for (const judge of judges)
      limits.set(judge.runId, thresholds ?? (await this.#tools.classifier.open(judge)))
    await this.#photos.setThresholds(batchId, thresholds)
    await this.#photos.changeVerdicts(batchId, (runId, verdict) => {
      const limit = limits.get(runId)
      return limit === undefined ? verdict : decideVerdict(verdict, limit)
    })
    return this.#tellChange(batchId)
  }

  async #look(
    batchId: string,
    photo: StoredPhoto,
    settings: PreparationSettings,
    edit: CutOutEdit | null,
  ): Promise<PhotoDetail> {
    const judges = await this.#findJudges(batchId)
    const { thresholds } = await this.#photos.readBatch(batchId)
    const request = { path: photo.path, settings, edit, thresholds, judges }
    const { prepared, judgements } = await classifyPhoto(this.#tools, request, 'steps')
    const answers = await Promise.all(
      judges.map(async (judge, index) => {
        const judgement = judgements[index]
        if (judgement === undefined) throw new RangeError(`the run ${judge.runId} did not judge`)
        const indices = judgement.neighbours.map((neighbour) => neighbour.index)
        return describeAnswer(
          judge,
          judgement,
          await this.#tools.classifier.readTrainingImages(judge, indices),
        )
      }),
    )
    const { originalWidth, originalHeight, measures } = prepared
    return {
      row: describePhoto(photo),
      ...{ settings, edit, originalWidth, originalHeight, measures, answers },
      steps: describeSteps(prepared),
    }
  }

  #findJudge(runId: string): Promise<JudgeSource> {
    return findJudge(this.#store, this.#home, runId)
  }

  async #findJudges(batchId: string): Promise<JudgeSource[]> {
    const { runs } = await this.#photos.readBatch(batchId)
    return Promise.all(runs.map(({ runId }) => this.#findJudge(runId)))
  }
}
