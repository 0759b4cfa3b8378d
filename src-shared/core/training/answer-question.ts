// Answers a question about engines where they run: in a trainer process, or in the window that computes for one.
import type { EngineChoice, EngineDescription, Threads } from '../../engine.ts'
import { Failure } from '../../failure.ts'
import type { Answer, CalibrationJob, Question } from '../../training-questions.ts'
import { buildNetwork } from '../models/network.ts'
import { calibrate } from './calibrate.ts'
import { probeStep } from './probe-step.ts'

/** How far an engine's numbers may be from those of `cpu` after one step, as a share of the largest. */
const TOLERANCE = 1e-3

export interface EnginePlace {
  /** Makes an engine TensorFlow.js's backend; `cpu` starts everywhere. @throws Failure 'unavailable' */
  readonly start: (choice: EngineChoice, threads?: Threads) => Promise<EngineDescription>
  /** A clock in milliseconds. */
  readonly now: () => number
}

/** @throws Failure 'unavailable' when a checked engine does not start, or a measured one gives wrong numbers */
export async function answerQuestion(question: Question, place: EnginePlace): Promise<Answer> {
  switch (question.type) {
    case 'check-engine':
      return { type: 'engine-checked', engine: await place.start(question.engine) }
    case 'calibrate':
      return calibrateEngine(question.job, place)
    default:
      return question satisfies never
  }
}

async function calibrateEngine(
  { experiment, task, classNames, engine: choice, threads }: CalibrationJob,
  { start, now }: EnginePlace,
): Promise<Answer> {
  const network = buildNetwork(experiment.model, task)
  let engine: EngineDescription
  try {
    engine = await start(choice, threads)
  } catch (error) {
    return sayNotStarted(error)
  }
  const found = await probeStep(experiment, network)
  const times = await calibrate({ experiment, network, classNames }, now)
  await start('cpu')
  const expected = await probeStep(experiment, network)
  if (!areClose(found, expected)) {
    throw new Failure(
      'unavailable',
      `The engine ${engine.name} gives other numbers than cpu, so it is not used.`,
    )
  }
  return { type: 'calibrated', engine, times }
}

function sayNotStarted(error: unknown): Answer {
  if (!(error instanceof Failure) || error.code !== 'unavailable') throw error
  return { type: 'not-started', reason: error.message }
}

function areClose(found: Float32Array, expected: Float32Array): boolean {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return expected.every(
    (value, index) => Math.abs(value - (found[index] ?? Number.NaN)) <= TOLERANCE * largest,
  )
}
