// A training that a window computes: this end hands the data over, hears what happens, and leaves storing to its caller.
import type { Brake, Pace } from '#shared/core/training/pace.ts'
import { Failure } from '#shared/failure.ts'
import { type WindowCommand, type WindowReport, windowReportSchema } from '#shared/window-training.ts'
import { startEngine } from '../engines/start-engine.ts'
import type { Computing, PlainTask } from './computing.ts'
import type { WindowPort } from './window-port.ts'

export function computeInWindow(
  port: WindowPort,
  pace: Pace,
  announce: (state: 'paused' | 'resumed') => void,
): Computing {
  const hear = listen(port, announce)
  const post = (command: WindowCommand): void => port.post(command)
  return {
    async start() {
      post({ type: 'start-engine' })
      const report = await hear()
      if (report.type === 'started') return report.engine
      throw outOfTurn(report)
    },
    async startHere() {
      await startEngine('auto') // which is never webgpu here
    },
    async *train(task) {
      pace.lead(brakeOf(post))
      post({ type: 'train', task: describeTask(task) })
      for (;;) {
        const report = await hear()
        if (report.type === 'finished') return
        if (report.type !== 'happened') throw outOfTurn(report)
        yield* report.events
      }
    },
    async answer(question) {
      post(question)
      const report = await hear()
      switch (report.type) {
        case 'calibrated':
        case 'engine-checked':
        case 'not-started':
          return report
        default:
          throw outOfTurn(report)
      }
    },
  }
}

function brakeOf(post: (command: WindowCommand) => void): Brake {
  return {
    pause: () => post({ type: 'pause' }),
    resume: () => post({ type: 'resume' }),
    cancel: () => post({ type: 'cancel' }),
  }
}

type DescribedTask = Extract<WindowCommand, { type: 'train' }>['task']

function describeTask({ classNames = [], startFrom = null, ...task }: PlainTask): DescribedTask {
  return { ...task, classNames, startFrom } as DescribedTask
}

/** The next report, once; a failure is thrown, and so is the end of the window. */
function listen(
  port: WindowPort,
  announce: (state: 'paused' | 'resumed') => void,
): () => Promise<WindowReport> {
  const reports: WindowReport[] = []
  let fault: Error | null = null
  let wake = (): void => undefined
  const end = (cause: Error): void => {
    fault ??= cause
    wake()
  }
  port.onClose(() => end(closed()))
  port.onMessage((message) => {
    const { data: report, error } = windowReportSchema.safeParse(message)
    if (report === undefined) {
      end(error)
    } else if (report.type === 'paused' || report.type === 'resumed') {
      announce(report.type)
    } else if (report.type === 'failed') {
      end(new Failure(report.failure.code, report.failure.message))
    } else {
      reports.push(report)
      wake()
    }
  })
  return async () => {
    for (;;) {
      const report = reports.shift()
      if (report !== undefined) return report
      if (fault !== null) throw fault
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
}

function closed(): Failure {
  return new Failure(
    'unavailable',
    'The window that computes on the GPU has stopped working. Finished epochs are kept: resume the run, or go on with ' +
      'another engine.',
  )
}

function outOfTurn({ type }: WindowReport): Error {
  return new Error(`the window that computes said ${type} out of turn`)
}
