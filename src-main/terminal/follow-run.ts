// Trains a run while the terminal watches: events become lines, Ctrl-C becomes an interruption that keeps all.
import type { Backend } from '../backend.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import type { RunEvent } from '#shared/run-events.ts'
import type { Run } from '#shared/run.ts'
import type { Execution } from '../training/execute-run.ts'
import type { Computing } from './engine-flag.ts'
import { describeProgress } from './progress-line.ts'
import { flattenEpoch, flattenRun } from './run-json.ts'
import { describeEngineStart, describeEpoch, describeEpochs, describeEvaluation } from './run-text.ts'
import { EXIT_DONE, EXIT_FAILED, EXIT_INTERRUPTED, type Terminal } from './verb.ts'

/** Turns the events of one run into output. Give it to the backend before training starts. */
export class RunFollower {
  readonly #terminal: Terminal
  #epochs = 0
  #engineTold = false

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  readonly announce = (event: RunEvent): void => {
    switch (event.type) {
      case 'run-changed':
        this.#epochs = event.run.experiment.epochs
        if (event.run.status === 'running' && !this.#engineTold) this.#tellEngine(event.run)
        break
      case 'epoch-completed':
        this.#tellEpoch(event)
        break
      case 'training-progressed':
        this.#terminal.status(describeProgress(event.progress, this.#epochs))
        break
      default:
        event satisfies never
    }
  }

  #tellEngine(run: Run): void {
    this.#engineTold = true
    if (this.#terminal.json) this.#terminal.print(JSON.stringify({ type: 'started', run: flattenRun(run) }))
    else this.#terminal.note(describeEngineStart(run))
  }

  #tellEpoch({ metrics }: Extract<RunEvent, { type: 'epoch-completed' }>): void {
    const line = this.#terminal.json
      ? JSON.stringify({ type: 'epoch-completed', ...flattenEpoch(metrics) })
      : describeEpoch(metrics, this.#epochs)
    this.#terminal.print(line)
  }
}

/**
 * Trains to the end and prints what came of it.
 * @param signal Ctrl-C: the run becomes 'interrupted' and its finished epochs stay
 * @returns the exit code
 */
export async function trainAndTell(
  backend: Backend,
  run: Run,
  computing: Computing,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const ended = await trainToEnd(backend, run, computing, signal)
  terminal.status('')
  if (terminal.json) terminal.print(JSON.stringify({ type: ended.status, run: flattenRun(ended) }))
  return ended.status === 'completed' ? tellResult(ended, terminal) : tellEnd(ended, terminal, signal)
}

/**
 * Trains until the run has ended or the signal ends it, also while engines are measured for it.
 * @returns the run as it is stored then
 * @throws Failure that says why it did not begin, and how to try again
 */
export async function trainToEnd(
  backend: Backend,
  run: Run,
  { engine, threads }: Computing,
  signal: AbortSignal,
): Promise<Run> {
  let execution: Execution
  try {
    execution = await backend.train(run, engine, threads, signal)
  } catch (error) {
    return endUnbegun(backend, run, error, signal)
  }
  const interrupt = (): void => execution.interrupt('It was interrupted in the terminal.')
  signal.addEventListener('abort', interrupt, { once: true })
  if (signal.aborted) interrupt()
  const ended = await execution.ended
  signal.removeEventListener('abort', interrupt)
  return ended
}

/** A run that waits for nobody is given up: it would be 'queued' for ever. */
async function endUnbegun(backend: Backend, { id }: Run, error: unknown, signal: AbortSignal): Promise<Run> {
  const { store } = backend
  const { code, message } = describeFailure(error)
  const isEnded = signal.aborted && code === 'cancelled'
  const reason = isEnded ? 'It was ended in the terminal before it began.' : message
  const waits = (await store.readQueue()).some(({ runId }) => runId === id)
  const { status } = await store.findRun(id)
  if (status === 'queued' && !waits) await store.giveUpRun(id, reason)
  if (isEnded) return store.findRun(id)
  if (!(error instanceof Failure) || status !== 'queued') throw error
  throw new Failure(code, `${message} Run ${id} is kept; try again with: atelier resume ${id}`, {
    cause: error,
  })
}

function tellResult(run: Run, terminal: Terminal): number {
  if (!terminal.json && run.evaluation !== null) {
    const lines = [
      ...describeEpochs(run.epochs),
      '',
      ...describeEvaluation(run.evaluation, run.dataset.classNames),
    ]
    for (const line of ['', ...lines, '', `Kept as run ${run.id}.`]) terminal.print(line)
  }
  return EXIT_DONE
}

/** Of a run that was not completed. @returns the exit code */
export function tellEnd(run: Run, terminal: Terminal, signal: AbortSignal): number {
  const kept = run.epochs.length === 0 ? 'No epoch was finished' : `Finished epochs: ${run.epochs.length}`
  const state = run.status === 'failed' ? 'has failed' : `is ${run.status}`
  terminal.note(`Run ${run.id} ${state}. ${run.reason ?? ''}`.trimEnd())
  terminal.note(`${kept}. Go on with: atelier resume ${run.id}`)
  return signal.aborted && run.status !== 'failed' ? EXIT_INTERRUPTED : EXIT_FAILED
}
