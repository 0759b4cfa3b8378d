// Serves a trainer process over a port: starts the engine, runs the loop, says what happens. What is to be stored is stored
// at the other end.
import { buildNetwork } from '#shared/core/models/network.ts'
import { answerQuestion, type EnginePlace } from '#shared/core/training/answer-question.ts'
import { Pace } from '#shared/core/training/pace.ts'
import { train, type TrainingEvent } from '#shared/core/training/train.ts'
import type { EngineChoice, EngineDescription } from '#shared/engine.ts'
import { describeFailure, type Failure } from '#shared/failure.ts'
import { windowCommandSchema, type WindowReport, type WindowTask } from '#shared/window-training.ts'

/** Batches come hundreds a second: they are told of together, this often. */
const TELL_EVERY_MS = 100

const now = (): number => performance.now()

/** The part of a MessagePort that is used. */
export interface TrainerPort {
  postMessage(message: unknown): void
  addEventListener(event: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** What the page gives to the work. */
export interface PageMeans {
  /** @param tellLoss is told when what the engine computes with is gone */
  readonly startEngine: (
    choice: EngineChoice,
    tellLoss: (failure: Failure) => void,
  ) => Promise<EngineDescription>
  readonly letMessagesIn: () => Promise<void>
}

export function servePort(port: TrainerPort, { startEngine, letMessagesIn }: PageMeans): void {
  const say = (report: WindowReport): void => port.postMessage(report)
  const pace = new Pace({ now, letMessagesIn, announce: (state) => say({ type: state }) })
  const tellFailure = (error: unknown): void => say({ type: 'failed', failure: describeFailure(error) })
  const place: EnginePlace = { start: (choice) => startEngine(choice, tellFailure), now }
  port.addEventListener('message', ({ data }) => {
    follow(data, pace, place, say).catch(tellFailure)
  })
}

async function follow(
  message: unknown,
  pace: Pace,
  place: EnginePlace,
  say: (report: WindowReport) => void,
): Promise<void> {
  const command = windowCommandSchema.parse(message)
  switch (command.type) {
    case 'start-engine':
      say({ type: 'started', engine: await place.start('webgpu') })
      break
    case 'train':
      await runTask(command.task, pace, say)
      break
    case 'calibrate':
    case 'check-engine':
      say(await answerQuestion(command, place))
      break
    case 'pause':
      pace.pause()
      break
    case 'resume':
      pace.resume()
      break
    case 'cancel':
      pace.cancel()
      break
    default:
      command satisfies never
  }
}

async function runTask(
  { task, elapsedMs, ...rest }: WindowTask,
  pace: Pace,
  say: (report: WindowReport) => void,
): Promise<void> {
  const network = buildNetwork(rest.experiment.model, task)
  pace.startClock(elapsedMs)
  let untold: TrainingEvent[] = []
  let toldAt = now()
  for await (const event of train({ ...rest, network, control: pace })) {
    untold.push(event)
    if (event.type === 'batch-completed' && now() - toldAt < TELL_EVERY_MS) continue
    say({ type: 'happened', events: untold as Extract<WindowReport, { type: 'happened' }>['events'] })
    untold = []
    toldAt = now()
  }
  say({ type: 'finished' })
}
