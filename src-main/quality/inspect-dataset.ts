// A dataset inspected, inside the trainer process: every stage one after the other, then the report, on the disk before its
// end is told. Pixels are looked at once; judging the labels by something else later leaves those findings as they are.
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Dataset } from '#shared/core/datasets/dataset.ts'
import { type ImagePool, poolImages } from '#shared/core/quality/image-pool.ts'
import { inspectPixels, type PixelFindings } from '#shared/core/quality/inspect-pixels.ts'
import {
  QUALITY_METHODS,
  type QualityProgress,
  type QualityReport,
  type QualityStage,
} from '#shared/quality.ts'
import { DatasetLibrary } from '../datasets/dataset-library.ts'
import { loadSameSource } from '../datasets/dataset-source.ts'
import { GENERATED_DATASETS } from '../datasets/generated-datasets.ts'
import { startEngine } from '../engines/start-engine.ts'
import type { Pace } from '#shared/core/training/pace.ts'
import type { InspectionJob } from './inspection-messages.ts'
import { judge } from './judge.ts'
import { readReport, writeReport } from './report-file.ts'

/** @throws Failure with the reason why there is no report */
export async function inspectDataset(
  job: InspectionJob,
  pace: Pace,
  tell: (progress: QualityProgress) => void,
): Promise<void> {
  const clock = new StageClock(tell)
  clock.tell({ stage: 'loading', share: 0, detail: '' })
  const library = new DatasetLibrary({ directory: job.datasetsFolder, generated: GENERATED_DATASETS })
  const dataset = await loadSameSource(library, job.dataset, job.dataset.hash)
  const engine = await startEngine(job.engine)
  const pool = poolImages(dataset)
  const known = job.again ? null : await findKnown(job)
  const pixels = known ?? inspectPixels(pool, (stage, share) => clock.tell({ stage, share, detail: '' }))
  const labels = await judge(job, dataset, pool, pace, (progress) => clock.tell(progress))
  await mkdir(dirname(job.reportFile), { recursive: true })
  await writeReport(job.reportFile, {
    ...describe(job, dataset, pool),
    stages: [...clock.finish()],
    memoryBytes: process.resourceUsage().maxRSS * 1024,
    engine: engine.name,
    ...pixels,
    labels,
  })
}

/** What an earlier report says of the pixels of these very images. */
async function findKnown({ reportFile, dataset }: InspectionJob): Promise<PixelFindings | null> {
  const report = await readReport(reportFile)
  if (report?.datasetHash !== dataset.hash || report.methods !== QUALITY_METHODS) return null
  const { duplicates, outliers, poor } = report
  return { duplicates, outliers, poor }
}

function describe({ dataset }: InspectionJob, { test }: Dataset, { trainCount }: ImagePool) {
  return {
    format: 1,
    methods: QUALITY_METHODS,
    datasetId: dataset.id,
    datasetHash: dataset.hash,
    trainCount,
    testCount: test.count,
    computedAt: new Date().toISOString(),
  } as const
}

const TELL_EVERY_MS = 200

/** Measures the stages, and passes on no more of their progress than somebody can read. */
class StageClock {
  readonly #tell: (progress: QualityProgress) => void
  readonly #stages: QualityReport['stages'] = []
  #stage: QualityStage | null = null
  #begunAt = 0
  #toldAt = 0

  constructor(tell: (progress: QualityProgress) => void) {
    this.#tell = tell
  }

  tell(progress: QualityProgress): void {
    const now = performance.now()
    if (progress.stage !== this.#stage) this.#begin(progress.stage, now)
    else if (now - this.#toldAt < TELL_EVERY_MS) return
    this.#toldAt = now
    this.#tell(progress)
  }

  finish(): QualityReport['stages'] {
    this.#begin(null, performance.now())
    return this.#stages
  }

  #begin(stage: QualityStage | null, now: number): void {
    if (this.#stage !== null) this.#stages.push({ stage: this.#stage, ms: Math.round(now - this.#begunAt) })
    this.#stage = stage
    this.#begunAt = now
  }
}
