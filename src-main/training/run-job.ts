// One run inside the trainer process: load the data, start the engine, iterate the loop, write checkpoints, report.
import { mkdir } from 'node:fs/promises'
import { taskFor } from '#shared/core/models/layers.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { selectSplits } from '#shared/core/training/select-splits.ts'
import { DatasetLibrary } from '../datasets/dataset-library.ts'
import { loadSameSource } from '../datasets/dataset-source.ts'
import { GENERATED_DATASETS } from '../datasets/generated-datasets.ts'
import { describeHardware } from '../engines/hardware.ts'
import { adaptFirst } from './adapt-first.ts'
import { writeCheckpoint } from './checkpoint-file.ts'
import { type ComputingMeans, openComputing } from './computing.ts'
import { findStart } from './find-start.ts'
import type { TrainerReport, TrainingJob } from './messages.ts'
import { ProgressThinner } from './progress-thinner.ts'

/**
 * Trains to the end; each report is made when what it says is on the disk.
 * @throws Failure with the reason why it ended early
 */
export async function runJob(
  job: TrainingJob,
  means: ComputingMeans,
  report: (report: TrainerReport) => void,
): Promise<void> {
  const { experiment, runFolder } = job
  const library = new DatasetLibrary({ directory: job.datasetsFolder, generated: GENERATED_DATASETS })
  const dataset = await loadSameSource(library, job.dataset, job.dataset.hash)
  const { classNames } = dataset
  const computing = await openComputing(job.engine, means, job.threads)
  const engine = await computing.start()
  report({ type: 'started', engine, hardware: describeHardware(engine.gpu) })
  await mkdir(runFolder, { recursive: true })
  const { state: resumeFrom, elapsedMs, damage } = await findStart(job)
  if (damage !== null && resumeFrom !== null)
    report({ type: 'fell-back', epoch: resumeFrom.epoch, reason: damage })
  const stamp = { datasetHash: job.dataset.hash, engine: engine.name }
  const thinner = new ProgressThinner()
  const splits = selectSplits(dataset, experiment, job.marks)
  const task = taskFor(dataset, dataset.classNames.length)
  const breathe = (): Promise<void> => means.pace.breathe()
  const network = buildNetwork(experiment.model, task)
  const context = { experiment, network, remembered: splits.train, classNames, breathe }
  if (job.adaptation !== null) await computing.startHere()
  const adapted = job.adaptation === null ? {} : await adaptFirst(job.adaptation, context, report)
  const events = computing.train({
    experiment,
    task,
    ...splits,
    ...adapted,
    classNames,
    resumeFrom,
    elapsedMs,
  })
  for await (const event of events) {
    switch (event.type) {
      case 'batch-completed': {
        const progress = thinner.add(event.progress)
        if (progress !== null) report({ type: 'progressed', progress })
        break
      }
      case 'epoch-completed': {
        const checkpoint = await writeCheckpoint(runFolder, event.state, stamp)
        report({ type: 'epoch-completed', metrics: event.metrics, checkpoint })
        break
      }
      case 'completed':
        report(event)
        break
      default:
        event satisfies never
    }
  }
}
