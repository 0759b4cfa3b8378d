// What the page asks of photo batches: begun and ended, looked through, labelled. One photo alone is in
// photo-closeup.ts, what goes out of the application in photo-exports.ts.
import { basename, join } from 'node:path'
import type { AppEvent } from '#shared/contract.ts'
import { Failure } from '#shared/failure.ts'
import { OneAtATime } from '#shared/one-at-a-time.ts'
import type { PhotoBatch, PhotoJudge, PhotoNumbersQuery, PhotoPage, PhotoQuery } from '#shared/photo-batch.ts'
import {
  DEFAULT_PREPARATION,
  PREPARATION_VERSION,
  type PreparationSettings,
  preparationSettingsSchema,
} from '#shared/preparation.ts'
import type { JudgeThresholds } from '#shared/verdict.ts'
import type { Home } from '../home.ts'
import type { PhotoTools } from '../photos/classify-photo.ts'
import type { JudgeSource } from '../photos/classifier-messages.ts'
import { describeJudgingRun, findJudge } from '../photos/judge-source.ts'
import { OTHER_FORM, takesPhotos } from '../photos/photo-form.ts'
import { type UploadPiece, Uploads } from '../photos/uploads.ts'
import type { Store } from '../store/open-store.ts'
import type { PhotoSource } from '../store/photo-batches.ts'
import type { StoredPhoto } from '../store/read-photos.ts'
import { describePhoto } from './photo-pages.ts'
import type { PhotoWork } from './photo-work.ts'

const SETTINGS_NAME = 'photoPreparation'

export interface PhotoDeskSettings {
  readonly store: Store
  readonly home: Home
  readonly tools: PhotoTools
  readonly work: PhotoWork
  readonly announce: (event: AppEvent) => void
}

export interface PhotosToClassify {
  readonly sources: { readonly paths: readonly string[]; readonly uploads: readonly string[] }
  readonly runIds: readonly string[]
  readonly settings: PreparationSettings | null
  readonly thresholds: JudgeThresholds | null
}

export class PhotoDesk {
  readonly #store: Store
  readonly #home: Home
  readonly #tools: PhotoTools
  readonly #work: PhotoWork
  readonly #announce: (event: AppEvent) => void
  readonly #uploads: Uploads
  /** Batches are stored and swept after in turn: else a sweep would not know of the one that is being stored. */
  readonly #turns = new OneAtATime()
  /** Of runs that were got ready, by their ids. */
  readonly #thresholds = new Map<string, JudgeThresholds>()

  constructor({ store, home, tools, work, announce }: PhotoDeskSettings) {
    this.#store = store
    this.#home = home
    this.#tools = tools
    this.#work = work
    this.#announce = announce
    this.#uploads = new Uploads(join(home.directory, 'photos', 'uploads'))
  }

  /** Batches that an earlier process left unfinished are set aside, and files that none uses are removed. */
  async start(): Promise<void> {
    await this.#store.photos.markInterrupted()
    await this.#sweepUploads()
  }

  async listJudges(): Promise<PhotoJudge[]> {
    const runs = await this.#store.photos.listJudges()
    return runs.map(({ hasWeights, model, parameters, ...run }) => ({
      ...run,
      thresholds: this.#thresholds.get(run.runId) ?? null,
      problem: findProblem(hasWeights, takesPhotos(model, run.classNames.length, parameters)),
    }))
  }

  /** Gets the run ready to judge, which takes a while for the first time. */
  async readThresholds(runId: string): Promise<JudgeThresholds> {
    const thresholds = await this.#tools.classifier.open(await this.#findJudge(runId))
    this.#thresholds.set(runId, thresholds)
    return thresholds
  }

  async readSettings(): Promise<PreparationSettings> {
    const remembered = preparationSettingsSchema.safeParse(await this.#store.readSetting(SETTINGS_NAME))
    return remembered.success ? remembered.data : DEFAULT_PREPARATION
  }

  upload(piece: UploadPiece): Promise<{ uploadId: string; received: number }> {
    return this.#uploads.take(piece)
  }

  /** @throws Failure when a run cannot judge, or an upload has not arrived; what is wrong with a path is told later */
  async classify({ sources, runIds, settings, thresholds }: PhotosToClassify): Promise<PhotoBatch> {
    if (sources.paths.length + sources.uploads.length === 0)
      throw new Failure('invalid-setting', 'No photo was named. Drop photos or folders.')
    const runs = await this.#describeRuns(runIds)
    const batchId = await this.#turns.run(async () => {
      const dropped = [
        ...sources.paths.map((path): PhotoSource => ({ path, file: null })),
        ...this.#uploads.find(sources.uploads),
      ]
      const preparation = settings ?? (await this.readSettings())
      await this.#store.writeSetting(SETTINGS_NAME, preparation)
      const stored = await this.#store.photos.insertBatch({
        ...{ name: nameOf(dropped), runs, thresholds, sources: dropped },
        ...{ settings: preparation, preparationVersion: PREPARATION_VERSION },
      })
      this.#uploads.handOver(sources.uploads)
      return stored
    })
    return this.#begin(batchId)
  }

  async classifyAgain(
    batchId: string,
    runIds: readonly string[],
    settings: PreparationSettings,
  ): Promise<PhotoBatch> {
    return this.#begin(await this.#turns.run(() => this.#copy(batchId, runIds, settings)))
  }

  async #copy(batchId: string, runIds: readonly string[], settings: PreparationSettings): Promise<string> {
    const { photos } = this.#store
    const { name, thresholds, folderClasses } = await photos.readBatch(batchId)
    const { sources, isListed } = await photos.readSources(batchId)
    const runs = await this.#describeRuns(runIds)
    await this.#store.writeSetting(SETTINGS_NAME, settings)
    const again = await photos.insertBatch({
      ...{ name, runs, thresholds, sources, settings, preparationVersion: PREPARATION_VERSION },
    })
    if (isListed) {
      const copies: Pick<StoredPhoto, 'file' | 'path' | 'folderLabel'>[] = []
      for await (const { file, path, folderLabel } of photos.each(batchId))
        copies.push({ file, path, folderLabel })
      await photos.addPhotos(again, copies)
      await photos.markListed(again, folderClasses)
      await photos.copyCorrections(batchId, again)
    }
    return again
  }

  async cancel(batchId: string): Promise<void> {
    await this.#work.cancel(batchId)
    const { status } = await this.#store.photos.readBatch(batchId)
    if (status !== 'running') return
    // Its end could not be stored, such as on a full disk.
    await this.#store.photos.setStatus(batchId, 'cancelled', null)
    await this.#work.announce(batchId)
  }

  /** @throws Failure 'conflict' for a batch that is at work or has nothing left to do */
  async resume(batchId: string): Promise<void> {
    const { status } = await this.#store.photos.readBatch(batchId)
    if (this.#work.isAtWork(batchId) || status === 'completed')
      throw new Failure('conflict', 'There is nothing to go on with: this batch is at work or done.')
    await this.#store.photos.setStatus(batchId, 'running', null)
    await this.#begin(batchId)
  }

  listBatches(): Promise<PhotoBatch[]> {
    return this.#work.listBatches()
  }

  readBatch(batchId: string): Promise<PhotoBatch> {
    return this.#work.readBatch(batchId)
  }

  async deleteBatch(batchId: string): Promise<void> {
    await this.#work.cancel(batchId)
    await this.#turns.run(async () => {
      await this.#store.photos.deleteBatch(batchId)
      await this.#sweepUploads()
    })
    this.#announce({ type: 'photo-batch-deleted', batchId })
  }

  async listPhotos(query: PhotoQuery): Promise<PhotoPage> {
    await this.#store.photos.readBatch(query.batchId)
    const { total, photos } = await this.#store.photos.query(query)
    return { total, photos: photos.map(describePhoto) }
  }

  async listNumbers(query: PhotoNumbersQuery): Promise<{ numbers: number[] }> {
    await this.#store.photos.readBatch(query.batchId)
    return { numbers: await this.#store.photos.queryNumbers(query) }
  }

  async correct(batchId: string, numbers: readonly number[], label: string | null): Promise<PhotoBatch> {
    await this.#store.photos.readBatch(batchId)
    await this.#store.photos.correct(batchId, numbers, label)
    return this.tellChange(batchId)
  }

  async undoCorrection(batchId: string): Promise<{ batch: PhotoBatch; numbers: number[] }> {
    await this.#store.photos.readBatch(batchId)
    const numbers = await this.#store.photos.undoCorrection(batchId)
    return { batch: await this.tellChange(batchId), numbers }
  }

  async #begin(batchId: string): Promise<PhotoBatch> {
    this.#work.start(batchId)
    return this.#work.announce(batchId)
  }

  /** Photos of the batch have changed. */
  async tellChange(batchId: string): Promise<PhotoBatch> {
    this.#announce({ type: 'photos-changed', batchId })
    return this.#work.announce(batchId)
  }

  async #describeRuns(runIds: readonly string[]) {
    const runs = await Promise.all([...new Set(runIds)].map((runId) => this.#store.findRun(runId)))
    for (const { id, name, experiment, dataset, parameters } of runs) {
      if (!takesPhotos(experiment.model, dataset.classNames.length, parameters))
        throw new Failure('conflict', `Run ${id} (${name}) cannot judge photos. ${OTHER_FORM}`)
      await this.#findJudge(id)
    }
    return runs.map(describeJudgingRun)
  }

  #findJudge(runId: string): Promise<JudgeSource> {
    return findJudge(this.#store, this.#home, runId)
  }

  async #sweepUploads(): Promise<void> {
    const used = await this.#store.photos.listUsedFiles()
    if (used !== null) await this.#uploads.sweep(used)
  }
}

function findProblem(hasWeights: boolean, takesPhotos: boolean): string | null {
  if (!takesPhotos) return OTHER_FORM
  return hasWeights ? null : 'Its weights are not here any more. Train it again.'
}

/** 'dress.jpg', 'autumn', 'autumn and 3 more', '214 photos'. */
function nameOf(sources: readonly PhotoSource[]): string {
  const tops = [...new Set(sources.map(({ path, file }) => file?.split('/')[0] ?? basename(path)))]
  const [first = 'photos', ...others] = tops
  const name = others.length === 0 ? first : `${first} and ${others.length} more`
  return name.replaceAll(/\p{Cc}/gu, '').slice(0, 200) || 'photos'
}
