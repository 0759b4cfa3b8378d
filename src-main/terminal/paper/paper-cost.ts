// What is missing and what it costs, measured on this machine before anything trains.
import type { Calibration } from '#shared/calibration.ts'
import type { EngineChoice } from '#shared/engine.ts'
import { costGroups, type PaperCost, sumCosts } from '#shared/paper/paper-cost.ts'
import type { PaperRequest, PaperState } from '#shared/paper/paper-state.ts'
import type { PaperTraining } from '#shared/paper/trainings.ts'
import type { Backend } from '../../backend.ts'
import type { Computing } from '../engine-flag.ts'
import { duration } from '../numbers.ts'
import type { Terminal } from '../verb.ts'

export async function measureCost(
  backend: Backend,
  request: PaperRequest,
  state: PaperState,
  { engine, threads }: Computing,
  terminal: Terminal,
): Promise<PaperCost> {
  const source = { id: state.dataset.id, directory: request.directory }
  const measured = new Map<string, Calibration>()
  const groups = costGroups(state.missing)
  for (const [index, { key, experiments }] of groups.entries()) {
    terminal.status(`Measuring what a step takes: ${index + 1} of ${groups.length} networks`)
    measured.set(key, await backend.calibrate(experiments[0], engine, source, threads))
  }
  terminal.status('')
  return sumCosts(groups, ({ key }) => measured.get(key), state.dataset)
}

/** Such as '12 trainings with 83 epochs are missing; about 4:35 with simd, measured on this machine.' */
export function describeCost(
  missing: readonly PaperTraining[],
  { milliseconds, unknown }: PaperCost,
  engine: EngineChoice,
): string {
  const epochs = missing.reduce((sum, one) => sum + one.experiment.epochs - one.finishedEpochs, 0)
  const what = missing.length === 1 ? '1 training is missing' : `${missing.length} trainings are missing`
  const rest = unknown === 0 ? '' : ` ${unknown} of them could not be measured and are not counted.`
  return `${what}, ${epochs} epochs in all: about ${duration(milliseconds)} with ${engine}, measured on this machine.${rest}`
}
