// Where a training is computed: in this process, by one of its engines, or in a window that the shell opens for it. Electron's
// processes may not hand memory of a driver to JavaScript, which Dawn does: there, webgpu is the window's.
import type { NetworkTask } from '#shared/core/models/layers.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { answerQuestion } from '#shared/core/training/answer-question.ts'
import type { Pace } from '#shared/core/training/pace.ts'
import { train, type TrainingEvent, type TrainingTask } from '#shared/core/training/train.ts'
import type { EngineChoice, EngineDescription, Threads } from '#shared/engine.ts'
import type { Answer, Question } from '#shared/training-questions.ts'
import { startEngine } from '../engines/start-engine.ts'
import { computeInWindow } from './window-computing.ts'
import type { OpenWindow } from './window-port.ts'

/** A task as plain data: whoever computes builds the network and has a control. */
export interface PlainTask extends Omit<TrainingTask, 'network' | 'control'> {
  readonly task: NetworkTask
  /** Time that the finished epochs took. */
  readonly elapsedMs: number
}

export interface Computing {
  /** @throws Failure 'unavailable' */
  start(): Promise<EngineDescription>
  /** Makes sure of an engine in this process too, for what is computed here before the training. */
  startHere(): Promise<void>
  train(task: PlainTask): AsyncIterable<TrainingEvent>
  /** @throws Failure 'unavailable' */
  answer(question: Question): Promise<Answer>
}

export interface ComputingMeans {
  readonly pace: Pace
  /** Null where there are no windows. */
  readonly openWindow: OpenWindow | null
  /** Called when a window really waits, and when it goes on. */
  readonly announce: (state: 'paused' | 'resumed') => void
}

/** @throws Failure 'unavailable' when a window is needed and there can be none */
export async function openComputing(
  choice: EngineChoice,
  { pace, openWindow, announce }: ComputingMeans,
  threads: Threads = 'automatic',
): Promise<Computing> {
  if (choice === 'webgpu' && openWindow !== null) return computeInWindow(await openWindow(), pace, announce)
  return computeHere(choice, threads, pace)
}

function computeHere(choice: EngineChoice, threads: Threads, pace: Pace): Computing {
  return {
    start: () => startEngine(choice, threads),
    startHere: () => Promise.resolve(),
    train({ task, elapsedMs, ...rest }) {
      pace.startClock(elapsedMs)
      return train({ ...rest, network: buildNetwork(rest.experiment.model, task), control: pace })
    },
    answer: (question) => answerQuestion(question, { start: startEngine, now: () => performance.now() }),
  }
}
