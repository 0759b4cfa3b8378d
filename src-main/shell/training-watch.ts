// Follows what trains, by the same contract as the page: for the question before closing, the sleep of the machine and
// the notification at the end of a run.
import type { ContractRouterClient } from '@orpc/contract'
import type { AppEvent, Contract } from '#shared/contract.ts'
import type { Run } from '#shared/run.ts'

export type ShellClient = ContractRouterClient<Contract>

export interface TrainingListener {
  /** Called with the present state at the start and whenever it may have changed. */
  readonly changed: (state: TrainingState) => void
  readonly ended: (run: Run) => void
  readonly heard: (event: AppEvent) => void
  /** Told why nothing more is heard, should that happen. */
  readonly note: (line: string) => void
}

export interface TrainingState {
  /** The run that trains or is paused. */
  readonly current: string | null
  readonly isPaused: boolean
  readonly waiting: number
}

export interface TrainingWatch {
  readonly state: TrainingState
  /** Nothing is told afterwards. */
  stop(): void
}

const IDLE: TrainingState = { current: null, isPaused: false, waiting: 0 }

export async function watchTraining(client: ShellClient, listener: TrainingListener): Promise<TrainingWatch> {
  let state = IDLE
  const stopping = new AbortController()
  const take = (change: Partial<TrainingState>): void => {
    state = { ...state, ...change }
    listener.changed(state)
  }
  const trained = new Set<string>()
  const hearOfRun = (run: Run): void => {
    if (run.id === state.current) take({ isPaused: run.status === 'paused' })
    if (run.status === 'running' || run.status === 'paused') trained.add(run.id)
    else if (trained.delete(run.id)) listener.ended(run)
  }
  const hear = (event: AppEvent): void => {
    if (event.type === 'queue-changed') {
      const { current, waiting } = event.queue
      take({ current, waiting: waiting.length, isPaused: state.isPaused && current === state.current })
    }
    if (event.type === 'run-changed') hearOfRun(event.run)
    listener.heard(event)
  }
  const events = await client.events({}, { signal: stopping.signal })
  const { current, waiting } = await client.queue.read({})
  take({ current, waiting: waiting.length })
  if (current !== null) trained.add(current)
  follow(events, hear, stopping.signal).catch((error: unknown) =>
    listener.note(`Training watch: ${String(error)}`),
  )
  return {
    get state() {
      return state
    },
    stop: () => stopping.abort(),
  }
}

/** @throws what ended the events, unless they were stopped */
async function follow(
  events: AsyncIterable<AppEvent>,
  hear: (event: AppEvent) => void,
  stop: AbortSignal,
): Promise<void> {
  try {
    for await (const event of events) {
      if (stop.aborted) return
      hear(event)
    }
  } catch (error) {
    if (!stop.aborted) throw error
  }
}
