// What measuring a run's confidence needs, put together from the history and the library; or why it cannot be done.
import { Failure } from '#shared/failure.ts'
import type { Run } from '#shared/run.ts'
import type { Backend } from '../backend.ts'
import { findJudge } from '../photos/judge-source.ts'
import { answersFileOf } from './measured-answers.ts'
import type { MeasuringJob } from './measuring-messages.ts'

type Surroundings = Pick<Backend, 'store' | 'home' | 'describeDataset'>

/** @throws Failure 'conflict' that says why the run cannot be measured */
export async function buildMeasuringJob(surroundings: Surroundings, run: Run): Promise<MeasuringJob> {
  const obstacle = await findObstacle(surroundings, run)
  if (obstacle !== null) throw new Failure('conflict', obstacle)
  const source = await findJudge(surroundings.store, surroundings.home, run.id)
  return { ...source, file: answersFileOf(source.runFolder, source.checkpoint), engine: 'auto' }
}

/** Why a run cannot be measured, in a sentence; null where it can. */
export async function findObstacle(
  { store, describeDataset }: Surroundings,
  run: Run,
): Promise<string | null> {
  if (run.status !== 'completed' || run.evaluation === null)
    return `This run is ${run.status}: its confidence can be measured when it is completed.`
  if (run.experiment.validationImages === 0)
    return 'This run held no validation images out, and a temperature may be fitted neither on images that it was trained on nor on the test images.'
  if ((await store.listCheckpoints(run.id)).length === 0)
    return 'The weights of this run are not here any more, so it cannot be asked again.'
  try {
    const { hash } = await describeDataset(run.dataset)
    if (hash === run.dataset.hash) return null
    return `${run.dataset.name} is not what this run was trained with any more.`
  } catch (error) {
    if (error instanceof Failure) return `The images of this run are not on this machine: ${error.message}`
    throw error
  }
}
