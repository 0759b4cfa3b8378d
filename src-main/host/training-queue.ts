// One run trains at a time; the others wait in the store, in order. Every change is stored before it is announced, and
// changes come one after the other. A run keeps its place in the store until it has really ended, so that a process
// that dies while an engine starts does not lose it.
import type { RunCurve } from '#shared/contract.ts'
import type { EngineChoice } from '#shared/engine.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import { OneAtATime } from '#shared/one-at-a-time.ts'
import type { MachineWork, Queue, QueueEntry } from '#shared/queue.ts'
import type { NewRun } from '../store/runs.ts'
import type { Execution } from '../training/execute-run.ts'
import type { QueueHost } from './queue-host.ts'
import { UnsettledRuns } from './unsettled-runs.ts'

const HELD = 'queueHeld'
/** How often it is tried again to store the end of a run. */
const CATCH_UP_MS = 10_000
const NOTHING_LIVE: RunCurve = { batchLosses: [], progress: null }

interface Current {
  readonly runId: string
  /** Gives up what comes before the training: waiting for the machine, measuring engines. */
  readonly end: AbortController
  /** Null when the training did not begin. */
  readonly begun: Promise<Execution | null>
  execution: Execution | null
  /** What has the machine meanwhile; null once its turn has come. */
  waitsFor: MachineWork | null
}

export class TrainingQueue {
  readonly #host: QueueHost
  #held = false
  #closing = false
  #current: Current | null = null
  readonly #changes = new OneAtATime()
  /** Settles when the current run has ended and its place is free. */
  #trained: Promise<void> = Promise.resolve()
  readonly #unsettled: UnsettledRuns
  #catchingUp: NodeJS.Timeout | undefined

  constructor(host: QueueHost) {
    this.#host = host
    this.#unsettled = new UnsettledRuns(host.store, (runId) => this.#announceRun(runId))
  }

  /**
   * Goes on with what waited when the application ended, unless the queue is held.
   * @param afterCrash the process before died while it trained, perhaps of it: what waits is held until it is released
   * @returns whether the queue is held for that reason
   */
  async start(afterCrash: boolean): Promise<boolean> {
    return this.#change(async () => {
      const { store } = this.#host
      await store.tidyQueue()
      const isEndangered = afterCrash && (await store.readQueue()).length > 0
      if (isEndangered) await store.writeSetting(HELD, true)
      this.#held = isEndangered || (await store.readSetting(HELD)) === true
      return isEndangered
    })
  }

  async read(): Promise<Queue> {
    const { runId: current = null, waitsFor = null } = this.#current ?? {}
    const stored = await this.#host.store.readQueue()
    return {
      current,
      ...(waitsFor === null ? {} : { waitsFor }),
      waiting: stored.filter(({ runId }) => runId !== current),
      held: this.#held,
    }
  }

  /** Stores runs behind those that wait. @returns their ids */
  async add(runs: readonly NewRun[], engine: EngineChoice): Promise<readonly string[]> {
    return this.#change(async () => {
      const stored = await this.#host.store.queueNewRuns(runs, engine)
      for (const run of stored) this.#host.announce({ type: 'run-changed', run })
      return stored.map(({ id }) => id)
    })
  }

  /** Lines up a stored run, after `prepare` made it one that can be trained. */
  async lineUp(
    runId: string,
    engine: EngineChoice,
    prepare = (): Promise<void> => Promise.resolve(),
  ): Promise<void> {
    await this.#change(async () => {
      if (this.isCurrent(runId)) throw new Failure('conflict', `Run ${runId} is being trained already.`)
      await prepare()
      await this.#host.store.queueRun(runId, engine)
      await this.#announceRun(runId)
    })
  }

  async move(runId: string, place: number): Promise<void> {
    await this.#change(() => this.#host.store.moveInQueue(runId, place, this.#current?.runId ?? null))
  }

  /** Takes waiting runs out: they are cancelled, or completed as before where they were only to be trained further. */
  async withdraw(runIds: readonly string[]): Promise<void> {
    await this.#changeWaiting(runIds, async () => {
      const current = runIds.find((runId) => this.isCurrent(runId))
      if (current !== undefined)
        throw new Failure('conflict', `Run ${current} has started; cancel it instead of taking it out.`)
      await this.#takeOut(runIds)
    })
  }

  /** Ends the training of a run, or takes it out where it waits. @returns whether it did either */
  async cancel(runId: string): Promise<boolean> {
    if (this.#cancelTraining(runId)) return true
    return this.#changeWaiting([runId], async () => {
      if (this.#cancelTraining(runId)) return true // it began just now
      const isWaiting = (await this.#host.store.readQueue()).some((entry) => entry.runId === runId)
      if (isWaiting) await this.#takeOut([runId])
      return isWaiting
    })
  }

  /** Changes runs that are not being trained, such as deleting them. */
  async changeOthers(runIds: readonly string[], change: () => Promise<void>): Promise<void> {
    await this.#changeWaiting(runIds, async () => {
      const current = runIds.find((runId) => this.isCurrent(runId))
      if (current !== undefined)
        throw new Failure('conflict', `Run ${current} is being trained. Cancel it first.`)
      await change()
    })
  }

  async setHeld(held: boolean): Promise<void> {
    await this.#change(async () => {
      await this.#host.store.writeSetting(HELD, held)
      this.#held = held
    })
  }

  isCurrent(runId: string): boolean {
    return this.#current?.runId === runId
  }

  /** The training of a run. @throws Failure 'conflict' when it is not the one in training */
  async requireExecution(runId: string): Promise<Execution> {
    const execution = this.isCurrent(runId) ? await this.#current?.begun : null
    if (execution) return execution
    throw new Failure('conflict', `Run ${runId} is not being trained now.`)
  }

  readCurve(runId: string): RunCurve {
    return this.isCurrent(runId) ? (this.#current?.execution?.readCurve() ?? NOTHING_LIVE) : NOTHING_LIVE
  }

  /** Ends the run in training, which becomes 'interrupted' and keeps its finished epochs. */
  async close(reason: string): Promise<void> {
    this.#closing = true
    clearTimeout(this.#catchingUp)
    this.#current?.end.abort()
    const execution = await this.#current?.begun
    execution?.interrupt(reason)
    await this.#trained
    await this.#changes.settle()
  }

  /** One after the other; afterwards the queue is announced and, if it may, the next run starts. */
  #change<T>(work: () => Promise<T>): Promise<T> {
    return this.#changes.run(async () => {
      await this.#unsettled.settle()
      const result = await work()
      await this.#startNext()
      this.#host.announce({ type: 'queue-changed', queue: await this.read() })
      return result
    })
  }

  /** A change to runs of which one may be got ready just now: it is given up, and waits like the others. */
  #changeWaiting<T>(runIds: readonly string[], work: () => Promise<T>): Promise<T> {
    return this.#change(async () => {
      const isSetAside = await this.#setAside(runIds)
      try {
        return await work()
      } catch (error) {
        if (isSetAside) await this.#startNext()
        throw error
      }
    })
  }

  /** @returns whether one of them was got ready and now waits; what trains goes on */
  async #setAside(runIds: readonly string[]): Promise<boolean> {
    const current = this.#current
    if (current === null || current.execution !== null || !runIds.includes(current.runId)) return false
    current.end.abort()
    await current.begun
    return this.#current === null
  }

  #cancelTraining(runId: string): boolean {
    const execution = this.isCurrent(runId) ? this.#current?.execution : null
    execution?.trainer.cancel()
    return execution != null
  }

  async #takeOut(runIds: readonly string[]): Promise<void> {
    await this.#host.store.withdrawRuns(runIds, 'It was taken out of the queue.')
    for (const runId of runIds) await this.#announceRun(runId)
  }

  async #startNext(): Promise<void> {
    if (this.#current !== null || this.#held || this.#closing) return
    const [next] = await this.#host.store.readQueue()
    if (next === undefined) return
    const { promise, resolve } = Promise.withResolvers<Execution | null>()
    const end = new AbortController()
    const current: Current = { runId: next.runId, end, begun: promise, execution: null, waitsFor: null }
    this.#current = current
    this.#trained = this.#train(next, current, resolve)
  }

  /** @param begin is told of the training, or null where it does not begin */
  async #train(
    { runId, engine }: QueueEntry,
    current: Current,
    begin: (execution: Execution | null) => void,
  ): Promise<void> {
    const { signal } = current.end
    try {
      const tell = (holder: MachineWork | null): void => this.#tellWaiting(current, holder)
      const endTurn = await this.#host.turns.takeUnless(signal, { kind: 'training', runId }, tell)
      try {
        tell(null)
        current.execution = await this.#host.train(runId, engine, signal)
        begin(current.execution)
        await current.execution.ended
      } finally {
        endTurn()
      }
    } catch (error) {
      if (signal.aborted && current.execution === null) {
        this.#current = null // it keeps its place in the store; whoever gave it up says what becomes of it
        begin(null)
        return
      }
      if (!this.#closing) await this.#fail(runId, error)
    }
    begin(null)
    await this.#change(async () => {
      if (this.#current === current) this.#current = null
      const { status } = await this.#host.store.findRun(runId)
      if (status !== 'queued') await this.#host.store.leaveQueue(runId)
    }).catch((error: unknown) => this.#standStill(runId, error))
  }

  #tellWaiting(current: Current, holder: MachineWork | null): void {
    if (current.waitsFor === holder) return
    current.waitsFor = holder
    this.#change(() => Promise.resolve()).catch((error: unknown) => {
      this.#host.log(`Run ${current.runId}: ${describeFailure(error).message}`)
    })
  }

  /** A training that could not begin, or whose end could not be stored. */
  async #fail(runId: string, error: unknown): Promise<void> {
    const { message } = describeFailure(error)
    this.#host.log(`Run ${runId}: ${message}`)
    try {
      await this.#host.store.updateStatus(runId, 'failed', message)
      await this.#host.store.appendLog([runId], `Failed: ${message}`)
      await this.#announceRun(runId)
    } catch (failure) {
      await this.#standStill(runId, failure)
    }
  }

  /** The end of a run cannot be stored. The queue is held, because it would be tried again and again. Never throws. */
  async #standStill(runId: string, error: unknown): Promise<void> {
    const { message } = describeFailure(error)
    this.#host.log(`Run ${runId}: ${message} The queue is held.`)
    this.#current = null
    this.#held = true
    this.#unsettled.add(runId, message)
    if (this.#closing) return
    this.#catchUpLater()
    const queue = await this.read().catch(() => null) // a page that asks is told why
    if (queue !== null) this.#host.announce({ type: 'queue-changed', queue })
  }

  #catchUpLater(): void {
    clearTimeout(this.#catchingUp)
    this.#catchingUp = setTimeout(() => {
      this.#change(() => Promise.resolve()).catch(() => {
        if (!this.#closing) this.#catchUpLater()
      })
    }, CATCH_UP_MS)
    this.#catchingUp.unref()
  }

  async #announceRun(runId: string): Promise<void> {
    this.#host.announce({ type: 'run-changed', run: await this.#host.store.findRun(runId) })
  }
}
