// A whole inspection in a process of its own: planted faults are found in Sketches, and the report is there or it is not.
import { mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashDataset } from '#main/datasets/content-hash.ts'
import { buildInspectionJob } from '#main/quality/inspection-job.ts'
import type { InspectionJob } from '#main/quality/inspection-messages.ts'
import { readReport, writeReport } from '#main/quality/report-file.ts'
import { runInspection } from '#main/quality/run-inspection.ts'
import { forkTrainer } from '#main/training/spawn-trainer.ts'
import { imagesOfFlag, QUALITY_METHODS } from '#shared/quality.ts'
import { plantFaults } from '../../shared/core/quality/planted-faults.ts'
import { writeQuartet } from '../datasets/small-dataset.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { writePatterns } from '../training/patterns.ts'
import { openTrainingHome, QUICK } from '../training/training-home.ts'
import { readIdxFolder } from '#main/datasets/idx-folder.ts'
import { sampleReport } from './sample-report.ts'

const NEVER = new AbortController().signal

function jobFor(folder: string, hash: string, home: string): InspectionJob {
  return {
    dataset: { id: 'planted', directory: folder, hash },
    datasetsFolder: join(home, 'datasets'),
    reportFile: join(home, 'quality', 'planted.json'),
    judge: { type: 'folds' },
    engine: 'simd',
    again: false,
  }
}

async function patternsJob(): Promise<InspectionJob> {
  const home = temporaryHome()
  const folder = await writePatterns(home)
  return jobFor(folder, (await readIdxFolder(folder, [])).hash, home)
}

describe('An inspection', () => {
  it('finds 50 labels changed in Sketches: recall 0.8 or more, and most of what it is surest of', async () => {
    const { dataset, flipped, copies, blank } = plantFaults()
    const home = temporaryHome()
    const folder = await writeQuartet(join(home, 'planted'), dataset)
    const job = jobFor(folder, hashDataset(dataset), home)
    const stages: string[] = []
    await runInspection(forkTrainer, job, ({ stage }) => stages.push(stage), NEVER)
    const report = await readReport(job.reportFile)
    if (report === null) throw new Error('there is a report')
    const issues = report.labels.findings.filter(({ image }) => !blank.has(image))
    const found = issues.filter(({ image }) => flipped.has(image))
    const surest = issues.slice(0, 50).filter(({ image }) => flipped.has(image))
    const recall = found.length / flipped.size
    const precision = found.length / issues.length
    const told = `recall ${recall}, precision ${precision.toFixed(2)}, of the 50 surest ${surest.length / 50}`
    expect(recall, told).toBeGreaterThanOrEqual(0.8)
    expect(surest.length / 50, told).toBeGreaterThanOrEqual(0.65)
    expect(precision, told).toBeGreaterThanOrEqual(0.4)
    expect(report.labels.covered).toEqual({ train: 10_000, test: 2000 })
    expect(imagesOfFlag(report, 'leak')).toHaveLength(2 * copies.size)
    expect([...new Set(stages)]).toEqual([
      'loading',
      'information',
      'duplicates',
      'outliers',
      'training',
      'labels',
    ])
  }, 600_000)

  it('by a run judges what it was not trained on, and keeps what is known of the pixels unless asked for it again', async () => {
    const home = await openTrainingHome()
    const { backend, patterns } = home
    const created = await home.createRun({ ...QUICK, validationImages: 100 })
    const { id, name, dataset, epochs, evaluation } = await (await home.train(created)).ended
    const wishes = { runId: id, again: false }
    const built = await buildInspectionJob(backend, dataset, { directory: patterns }, wishes)
    const job = { ...built, engine: 'wasm' } as const
    await mkdir(dirname(job.reportFile), { recursive: true })
    const known = sampleReport({ datasetHash: dataset.hash, trainCount: 600, testCount: 200 })
    await writeReport(job.reportFile, known)
    await runInspection(forkTrainer, job, () => undefined, NEVER)
    const right = (epochs.at(-1)?.validation?.correct ?? NaN) + (evaluation?.metrics.correct ?? NaN)
    expect(await readReport(job.reportFile)).toMatchObject({
      outliers: known.outliers,
      labels: {
        source: { type: 'run', runId: id, name },
        covered: { train: 100, test: 200 },
        agreement: right / 300,
      },
    })
    await runInspection(forkTrainer, { ...job, again: true }, () => undefined, NEVER)
    expect((await readReport(job.reportFile))?.outliers.typical).toHaveLength(10)
  }, 240_000)

  it('that is cancelled leaves the report that was there, and nothing half written', async () => {
    const job = await patternsJob()
    await mkdir(dirname(job.reportFile), { recursive: true })
    const old = sampleReport({ methods: QUALITY_METHODS - 1 })
    await writeReport(job.reportFile, old)
    const end = new AbortController()
    const inspection = runInspection(forkTrainer, job, () => end.abort(), end.signal)
    await expect(inspection).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readReport(job.reportFile)).toEqual(old)
    expect(await readdir(dirname(job.reportFile))).toEqual(['planted.json'])
  }, 120_000)

  it('whose process is killed says so', async () => {
    const job = await patternsJob()
    const kill = (pid: number | undefined): void => {
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
    }
    let pid: number | undefined
    const spawn: typeof forkTrainer = (errors) => {
      const trainer = forkTrainer(errors)
      pid = trainer.pid
      return trainer
    }
    const inspection = runInspection(spawn, job, () => kill(pid), NEVER)
    await expect(inspection).rejects.toThrow('ended unexpectedly (SIGKILL)')
    expect(await readReport(job.reportFile)).toBeNull()
  }, 120_000)

  it('of other images than were named is refused', async () => {
    const job = await patternsJob()
    const other = { ...job, dataset: { ...job.dataset, hash: 'e'.repeat(64) } }
    await expect(runInspection(forkTrainer, other, () => undefined, NEVER)).rejects.toMatchObject({
      code: 'conflict',
    })
  }, 120_000)
})
