// A question answered inside the trainer process.
import { calibrate } from '#shared/core/training/calibrate.ts'
import { probeStep } from '#shared/core/training/probe-step.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { Failure } from '#shared/failure.ts'
import { startEngine } from '../engines/start-engine.ts'
import type { Answer, CalibrationJob, Question } from './questions.ts'

/** How far an engine's numbers may be from those of `cpu` after one step, as a share of the largest. */
const TOLERANCE = 1e-3

/** @throws Failure 'unavailable' when the engine does not start or gives wrong numbers */
export async function answerQuestion(question: Question): Promise<Answer> {
  switch (question.type) {
    case 'check-engine':
      return { type: 'engine-checked', engine: await startEngine(question.engine) }
    case 'calibrate':
      return calibrateEngine(question.job)
    default:
      return question satisfies never
  }
}

async function calibrateEngine({
  experiment,
  task,
  engine: choice,
  threads,
}: CalibrationJob): Promise<Answer> {
  const network = buildNetwork(experiment.model, task)
  const engine = await startEngine(choice, threads)
  const found = await probeStep(experiment, network)
  const times = await calibrate(experiment, network, () => performance.now())
  await startEngine('cpu')
  const expected = await probeStep(experiment, network)
  if (!areClose(found, expected)) {
    throw new Failure(
      'unavailable',
      `The engine ${engine.name} gives other numbers than cpu, so it is not used.`,
    )
  }
  return { type: 'calibrated', engine, times }
}

function areClose(found: Float32Array, expected: Float32Array): boolean {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return expected.every(
    (value, index) => Math.abs(value - (found[index] ?? Number.NaN)) <= TOLERANCE * largest,
  )
}
