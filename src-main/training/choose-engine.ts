// `auto`: of the engines that start and give right numbers here, the one that takes the shortest step with this very
// network and batch size, by measurement.
import type { MeasuredCalibration } from '#shared/calibration.ts'
import type { EngineChoice, EngineName } from '#shared/engine.ts'
import { calibrateEngine, type Measuring } from './measure-engine.ts'
import type { CalibrationJob } from '#shared/training-questions.ts'

/** Those that can be the fastest; the others are slower by construction and serve where none of these starts. */
const CANDIDATES: readonly EngineName[] = ['cuda', 'webgpu', 'simd', 'native']

export interface ChosenEngine {
  readonly engine: EngineChoice
  /** What was measured, for the run's log. */
  readonly reason: string
}

/**
 * An engine that fails is left out; where all do, the first one that starts is taken.
 * @throws Failure 'cancelled' by the signal
 */
export async function chooseEngine(
  measuring: Measuring,
  job: Omit<CalibrationJob, 'engine'>,
  signal: AbortSignal,
): Promise<ChosenEngine> {
  const measured: MeasuredCalibration[] = []
  for (const engine of CANDIDATES) {
    const calibration = await calibrateEngine(measuring, { ...job, engine }, signal)
    if (calibration.state === 'measured' && calibration.engine.name === engine) measured.push(calibration)
  }
  const [fastest] = measured.toSorted((a, b) => a.stepMs - b.stepMs)
  if (fastest === undefined)
    return { engine: 'auto', reason: 'No engine could be measured; the first that starts.' }
  const figures = measured.map(({ engine, stepMs }) => `${engine.name} ${stepMs.toFixed(2)} ms a step`)
  return {
    engine: fastest.engine.name,
    reason: `Automatic engine: ${fastest.engine.name} (${figures.join(', ')}).`,
  }
}
