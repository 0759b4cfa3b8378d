// Trains a run while the terminal watches: events become lines, Ctrl-C becomes an interruption that keeps all.
import type { Backend } from '../backend.ts'
import type { RunEvent } from '#shared/run-events.ts'
import type { Run } from '#shared/run.ts'
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
  return ended.status === 'completed' ? tellResult(ended, terminal) : tellEnd(ended, terminal)
}

/** Trains until the run has ended or the signal ends it. @returns the run as it is stored then */
export async function trainToEnd(
  backend: Backend,
  run: Run,
  { engine, threads }: Computing,
  signal: AbortSignal,
): Promise<Run> {
  const giveUp = (): void => backend.giveUpMeasuring()
  signal.addEventListener('abort', giveUp, { once: true })
  const execution = await backend.train(run, engine, threads)
  signal.removeEventListener('abort', giveUp)
  const interrupt = (): void => execution.interrupt('It was interrupted in the terminal.')
  signal.addEventListener('abort', interrupt, { once: true })
  if (signal.aborted) interrupt()
  const ended = await execution.ended
  signal.removeEventListener('abort', interrupt)
  return ended
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

/** @returns the exit code */
export function tellEnd(run: Run, terminal: Terminal): number {
  const kept = run.epochs.length === 0 ? 'No epoch was finished' : `Finished epochs: ${run.epochs.length}`
  const state = run.status === 'failed' ? 'has failed' : `is ${run.status}`
  terminal.note(`Run ${run.id} ${state}. ${run.reason ?? ''}`.trimEnd())
  terminal.note(`${kept}. Go on with: atelier resume ${run.id}`)
  return run.status === 'failed' ? EXIT_FAILED : EXIT_INTERRUPTED
}
