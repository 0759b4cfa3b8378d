// `auto`: of the engines that start and give right numbers here, the one that takes the shortest step with this very
// network and batch size, by measurement.
import type { Calibration, MeasuredCalibration, UnavailableCalibration } from '#shared/calibration.ts'
import type { EngineChoice, EngineName } from '#shared/engine.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import { calibrateEngine, describeUnavailable, type Measuring } from './measure-engine.ts'
import type { CalibrationJob } from '#shared/training-questions.ts'

/** Those that can be the fastest; the others are slower by construction and serve where none of these starts. */
const CANDIDATES: readonly EngineName[] = ['cuda', 'webgpu', 'simd', 'native']

export interface ChosenEngine {
  readonly engine: EngineChoice
  /** What was measured, for the run's log. */
  readonly reason: string
}

/**
 * An engine that fails is left out. Where none starts, the first name of all that does is taken when the training starts.
 * @throws Failure 'cancelled' by the signal, 'invalid-setting' for a network that cannot be, 'unavailable' with the reasons
 *   when engines start and none can do this network
 */
export async function chooseEngine(
  measuring: Measuring,
  job: Omit<CalibrationJob, 'engine'>,
  signal: AbortSignal,
): Promise<ChosenEngine> {
  const measured: MeasuredCalibration[] = []
  const leftOut: UnavailableCalibration[] = []
  for (const engine of CANDIDATES) {
    const tried = await tryEngine(measuring, { ...job, engine }, signal)
    if (tried.state === 'unavailable') leftOut.push(tried)
    else if (tried.engine.name === engine) measured.push(tried)
  }
  const [fastest] = measured.toSorted((a, b) => a.stepMs - b.stepMs)
  if (fastest === undefined) return chooseUnmeasured(leftOut)
  const figures = measured.map(({ engine, stepMs }) => `${engine.name} ${stepMs.toFixed(2)} ms a step`)
  return {
    engine: fastest.engine.name,
    reason: `Automatic engine: ${fastest.engine.name} (${figures.join(', ')}).`,
  }
}

async function tryEngine(
  measuring: Measuring,
  job: CalibrationJob,
  signal: AbortSignal,
): Promise<Calibration> {
  try {
    return await calibrateEngine(measuring, job, signal)
  } catch (error) {
    const { code, message } = describeFailure(error)
    if (code === 'cancelled' || code === 'invalid-setting') throw error
    return describeUnavailable(job, 'unfit', message)
  }
}

/** What only took too long to measure may still train: a large network is slow on every engine. */
function chooseUnmeasured(leftOut: readonly UnavailableCalibration[]): ChosenEngine {
  const late = leftOut.find(({ cause }) => cause === 'late')
  if (late !== undefined) {
    const { name } = late.engine
    return {
      engine: name,
      reason: `No engine could be measured; ${name} only took too long, so it is taken.`,
    }
  }
  const unfit = leftOut.filter(({ cause }) => cause === 'unfit')
  if (unfit.length === 0)
    return { engine: 'auto', reason: 'No engine could be measured; the first that starts.' }
  const reasons = unfit.map(({ engine, reason }) => `${engine.name}: ${reason}`).join(' ')
  throw new Failure(
    'unavailable',
    `None of the engines that were measured can train this network here. ${reasons} Choose a smaller batch or ` +
      'network, or another engine by its name.',
  )
}
