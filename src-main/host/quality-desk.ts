// What was found in each dataset, as the contract tells of it: kept reports, and the work that goes on. One dataset is looked
// through at a time, when no run trains, in a process of its own; when the application ends, that process ends too, and the
// report that was there before stays.
import type { AppEvent } from '#shared/contract.ts'
import type { ImageSource } from '#shared/contract/images.ts'
import type { QualityFindings } from '#shared/contract/quality.ts'
import { Failure } from '#shared/failure.ts'
import {
  imagesOfFlag,
  QUALITY_FLAG_NAMES,
  QUALITY_FLAGS,
  QUALITY_METHODS,
  type QualityProgress,
  type QualityReport,
  type QualityState,
  summarizeReport,
} from '#shared/quality.ts'
import type { Backend } from '../backend.ts'
import type { FullDescription } from '../datasets/describe-dataset.ts'
import type { ImageFlag } from '../images/image-questions.ts'
import { buildInspectionJob } from '../quality/inspection-job.ts'
import { ReportShelf } from '../quality/report-shelf.ts'
import { runInspection } from '../quality/run-inspection.ts'
import type { SpawnTrainer } from '../training/spawn-trainer.ts'
import type { Log } from './calls.ts'
import type { FlaggedDataset, ImageFlagSource } from './image-desk.ts'
import type { MachineTurns } from './machine-turns.ts'
import { TurnedWorks } from './turned-works.ts'

interface Surroundings {
  readonly backend: Backend
  readonly turns: MachineTurns
  readonly spawnTrainer: SpawnTrainer
  readonly announce: (event: AppEvent) => void
  readonly log: Log
}

export interface ComputeOptions {
  /** The run that judges the labels; null to judge out of fold. */
  readonly runId: string | null
  /** Whether what is known of the pixels is computed again. */
  readonly again: boolean
}

export class QualityDesk implements ImageFlagSource {
  readonly #surroundings: Surroundings
  readonly #shelf: ReportShelf
  /** By the id of the dataset. */
  readonly #works: TurnedWorks<QualityProgress>

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
    const { backend, turns, log, announce } = surroundings
    this.#shelf = new ReportShelf(backend.home.quality)
    this.#works = new TurnedWorks({
      ...{ turns, log, about: 'quality of' },
      workOf: (datasetId) => ({ kind: 'looking-through', datasetId }),
      tellProgress: (datasetId, progress) => announce({ type: 'quality-progressed', datasetId, progress }),
      tellChange: (datasetId) => announce({ type: 'quality-changed', datasetId }),
    })
  }

  /** To be called once at the start. */
  tidy(): Promise<void> {
    return this.#shelf.tidy()
  }

  async read(source: ImageSource): Promise<QualityState> {
    const dataset = await this.#describe(source)
    const report = await this.#shelf.read(dataset.id)
    return {
      ...this.#works.read(dataset.id),
      state: judgeFreshness(report, dataset.hash),
      summary: report === null ? null : summarizeReport(report),
    }
  }

  /** The report of these very images, or null. */
  async findReport(dataset: Pick<FullDescription, 'id' | 'hash'>): Promise<QualityReport | null> {
    const report = await this.#shelf.read(dataset.id)
    return report?.datasetHash === dataset.hash ? report : null
  }

  /** What images can be filtered by. */
  async readFlags(dataset: FlaggedDataset): Promise<readonly ImageFlag[]> {
    const report = await this.findReport(dataset)
    if (report === null) return []
    return QUALITY_FLAG_NAMES.map((name) => ({
      name,
      label: QUALITY_FLAGS[name],
      images: Uint32Array.from(imagesOfFlag(report, name)),
    }))
  }

  /** @throws Failure 'not-found' where nothing was computed for these images */
  async readFindings(source: ImageSource): Promise<QualityFindings> {
    const report = await this.findReport(await this.#describe(source))
    if (report === null) {
      throw new Failure(
        'not-found',
        'These images were not looked through yet. Start it on the quality board.',
      )
    }
    const { duplicates, labels, outliers, poor } = report
    return {
      duplicates: duplicates.findings,
      labels: labels.findings,
      outliers: outliers.findings,
      poor: poor.findings,
    }
  }

  /** @throws Failure 'conflict' when it goes on already, or the run cannot judge this dataset */
  async compute(source: ImageSource, options: ComputeOptions): Promise<QualityState> {
    const dataset = await this.#describe(source)
    const { backend, spawnTrainer } = this.#surroundings
    const job = await buildInspectionJob(backend, dataset, source, options)
    this.#works.start(
      dataset.id,
      `${dataset.name} is being looked through already. Wait, or cancel it.`,
      (tell, signal) => runInspection(spawnTrainer, job, tell, signal),
      () => this.#shelf.forget(dataset.id),
    )
    return this.read(source)
  }

  /** @throws Failure 'conflict' when nothing goes on */
  async cancel(source: ImageSource): Promise<void> {
    const { id, name } = await this.#describe(source)
    await this.#works.cancel(id, `${name} is not being looked through; it may be done.`)
  }

  /** Resolves when no process of it is left. */
  close(): Promise<void> {
    return this.#works.close()
  }

  #describe({ datasetId, directory }: ImageSource): Promise<FullDescription> {
    return this.#surroundings.backend.describeDataset({ id: datasetId, directory })
  }
}

function judgeFreshness(report: QualityReport | null, hash: string): QualityState['state'] {
  if (report === null) return 'absent'
  if (report.datasetHash !== hash) return 'other-data'
  return report.methods === QUALITY_METHODS ? 'fresh' : 'other-methods'
}
