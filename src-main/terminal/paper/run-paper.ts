// atelier paper run: trains what is missing, one after the other. Whatever is finished stays, so that the same command
// goes on after Ctrl-C, a crash or kill -9.
import type { EngineChoice, Threads } from '#shared/engine.ts'
import type { PaperRequest } from '#shared/paper/paper-state.ts'
import type { PaperTraining } from '#shared/paper/trainings.ts'
import type { RunEvent } from '#shared/run-events.ts'
import type { Run } from '#shared/run.ts'
import type { Backend } from '../../backend.ts'
import { requestTraining } from '../../paper/paper-requests.ts'
import { readPaper } from '../../paper/read-paper.ts'
import { RunFollower, tellEnd, trainToEnd } from '../follow-run.ts'
import { percent } from '../numbers.ts'
import { withBackend } from '../open-history.ts'
import { flattenRun } from '../run-json.ts'
import { type Context, EXIT_DONE, EXIT_FAILED, EXIT_INTERRUPTED } from '../verb.ts'
import { describeCost, measureCost } from './paper-cost.ts'

export interface PaperRunOptions {
  readonly request: PaperRequest
  readonly engine: EngineChoice
  readonly threads: Threads
  /** Tell the cost and train nothing. */
  readonly onlyCost: boolean
}

/** @returns the exit code */
export async function runPaper(options: PaperRunOptions, context: Context): Promise<number> {
  const { request, threads, onlyCost } = options
  const { terminal, signal } = context
  const follower = new FollowerOfMany(context)
  const work = async (backend: Backend): Promise<number> => {
    const giveUp = (): void => backend.giveUpMeasuring()
    signal.addEventListener('abort', giveUp, { once: true })
    const state = await readPaper(backend, request)
    // Who owns the data folder has no queue beside it: what waits in the application's is trained here as well.
    const { missing } = state
    if (state.reservation !== null) terminal.note(state.reservation)
    if (missing.length === 0) {
      terminal.note(
        'Nothing is missing: every row is answered by runs of the history. See: atelier paper show',
      )
      return EXIT_DONE
    }
    const engine = await chooseEngine(backend, options, missing)
    const cost = await measureCost(backend, request, state, { engine, threads }, terminal)
    signal.removeEventListener('abort', giveUp)
    const told = describeCost(missing, cost, engine)
    if (terminal.json)
      terminal.print(JSON.stringify({ type: 'cost', trainings: missing.length, ...cost, engine }))
    else terminal.note(told)
    return onlyCost ? EXIT_DONE : trainAll(backend, { ...options, engine }, missing, follower, context)
  }
  return withBackend(context, work, follower.announce)
}

/** One engine for all rows, so that they compare. */
async function chooseEngine(
  backend: Backend,
  { engine, threads, request: { directory } }: PaperRunOptions,
  [first]: readonly PaperTraining[],
): Promise<EngineChoice> {
  if (engine !== 'auto' || first === undefined) return engine
  const { experiment } = first
  return (await backend.chooseEngine(experiment, { id: experiment.dataset, directory }, threads)).engine
}

async function trainAll(
  backend: Backend,
  { request, engine, threads }: PaperRunOptions,
  trainings: readonly PaperTraining[],
  follower: FollowerOfMany,
  { terminal, signal }: Context,
): Promise<number> {
  let failures = 0
  for (const [index, training] of trainings.entries()) {
    const run = await findOrCreate(backend, training, request)
    follower.follow(`${index + 1}/${trainings.length}`)
    // Only the engine that computed the first epochs gives the same bits.
    const ended = await trainToEnd(backend, run, { engine: run.engine?.name ?? engine, threads }, signal)
    terminal.status('')
    if (terminal.json) terminal.print(JSON.stringify({ type: ended.status, run: flattenRun(ended) }))
    if (ended.status === 'completed') terminal.note(describeEnded(ended))
    else {
      failures += 1
      tellEnd(ended, terminal, signal)
    }
    if (signal.aborted) return tellInterrupted(terminal)
  }
  terminal.note('See the tables with: atelier paper show')
  return failures === 0 ? EXIT_DONE : EXIT_FAILED
}

/** A run that was begun goes on; it is not made twice. */
async function findOrCreate(backend: Backend, training: PaperTraining, request: PaperRequest): Promise<Run> {
  const { runId } = training
  return runId === null ? backend.createRun(requestTraining(training, request)) : backend.store.findRun(runId)
}

function tellInterrupted(terminal: Context['terminal']): number {
  terminal.note('Interrupted. The same command goes on with what is missing.')
  return EXIT_INTERRUPTED
}

function describeEnded({ id, name, evaluation }: Run): string {
  return `${name}: test accuracy ${percent(evaluation?.metrics.accuracy)}, kept as run ${id}.`
}

/** Tells the events of one run after the other. */
class FollowerOfMany {
  readonly #context: Context
  #current: RunFollower | null = null

  constructor(context: Context) {
    this.#context = context
  }

  follow(place: string): void {
    const { terminal } = this.#context
    this.#current = new RunFollower({
      ...terminal,
      print: (line) => terminal.print(terminal.json ? line : `${place}  ${line}`),
      status: (line) => terminal.status(line === '' ? '' : `${place}  ${line}`),
    })
  }

  readonly announce = (event: RunEvent): void => this.#current?.announce(event)
}
