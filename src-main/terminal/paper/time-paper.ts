// atelier paper time: trains the rows once more, alone on the machine, for the column of seconds. The figures are the
// same bits as before; only their times count.
import { loadavg } from 'node:os'
import { Failure } from '#shared/failure.ts'
import { PAPER_TIME_TAG, type PaperRequest, scopeOf } from '#shared/paper/paper-state.ts'
import { chooseTables, rowsOf } from '#shared/paper/tables.ts'
import { listQuestions, shareTrainings } from '#shared/paper/trainings.ts'
import type { Backend } from '../../backend.ts'
import { requestTraining } from '../../paper/paper-requests.ts'
import type { Computing } from '../engine-flag.ts'
import { tellEnd, trainToEnd } from '../follow-run.ts'
import { withBackend } from '../open-history.ts'
import { type Context, EXIT_DONE } from '../verb.ts'

/** Processes that run or wait, averaged over a minute, above which a machine is not quiet. */
const QUIET_LOAD = 0.5

/** @throws Failure 'conflict' on a machine that does other work. @returns the exit code */
export async function timePaper(
  request: PaperRequest,
  computing: Computing,
  context: Context,
): Promise<number> {
  requireQuiet(loadavg()[0] ?? 0)
  return withBackend(context, async (backend) => timeAll(backend, request, computing, context))
}

async function timeAll(
  backend: Backend,
  request: PaperRequest,
  computing: Computing,
  { terminal, signal }: Context,
): Promise<number> {
  const { id } = await backend.describeDataset({ id: request.dataset, directory: request.directory })
  const rows = rowsOf(chooseTables(request.tables)).filter(({ printed }) => printed?.seconds !== undefined)
  const trainings = shareTrainings(listQuestions(rows, { short: 1, long: 1 }), {
    ...scopeOf(request),
    dataset: id,
  })
  for (const [index, training] of trainings.entries()) {
    const run = await backend.createRun(requestTraining(training, request, [PAPER_TIME_TAG]))
    terminal.status(`Timing ${index + 1} of ${trainings.length}: ${run.name}`)
    const ended = await trainToEnd(backend, run, computing, signal)
    if (ended.status !== 'completed') return tellEnd(ended, terminal, signal)
    terminal.note(`${ended.name}: ${((ended.epochs.at(-1)?.elapsedMs ?? 0) / 1000).toFixed(1)} s`)
  }
  return EXIT_DONE
}

/** @param load of the last minute; 0 on Windows, which does not tell it */
export function requireQuiet(load: number): void {
  if (load <= QUIET_LOAD) return
  throw new Failure(
    'conflict',
    `The machine is busy: a load of ${load.toFixed(2)} over the last minute, and times are only worth something ` +
      `up to ${QUIET_LOAD}. End what else runs, wait a minute and try again.`,
  )
}
