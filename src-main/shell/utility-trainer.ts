// Starts a trainer process under Electron, where Node's fork is not possible (the fuse RunAsNode is off).
import { describeFailure } from '#shared/failure.ts'
import { LAST_WORD, WINDOW_ANSWER, WINDOW_WANTED, type WindowAnswer } from '../training/parent-port.ts'
import type { SpawnTrainer, TrainerProcess } from '../training/spawn-trainer.ts'
import type { ShellPort, ShellProcess, ShellProcesses } from './electron.ts'
import type { OpenTrainerWindow, TrainerWindow } from './trainer-window.ts'

/** A process that computes nothing on a GPU has no use for a window. */
const refuseWindow: OpenTrainerWindow = () => Promise.reject(new Error('this process has no window'))

interface UtilityOptions {
  /** What the system's list of processes calls it. */
  readonly serviceName?: string
  /** For a process that may compute in a window; left out, it is refused one. */
  readonly openWindow?: OpenTrainerWindow
}

/** @param entry path of the built process */
export function spawnUtilityTrainer(
  processes: ShellProcesses,
  entry: string,
  { serviceName = 'Atelier trainer', openWindow = refuseWindow }: UtilityOptions = {},
): SpawnTrainer {
  return () => {
    const child = processes.fork(entry, [], {
      serviceName,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return watch(child, openWindow)
  }
}

function watch(child: ShellProcess, openWindow: OpenTrainerWindow): TrainerProcess {
  const windows: TrainerWindow[] = []
  let isGone = false
  let ending: string | null = null
  const end = (how: string): void => {
    if (isGone) return
    ending ??= how
    endAtOnce(child)
  }
  const exit = new Promise<string>((resolve) => {
    child.once('exit', (code) => {
      isGone = true
      for (const window of windows) window.close()
      resolve(ending ?? `exit code ${code}`)
    })
  })
  child.on('spawn', () => {
    if (ending !== null) endAtOnce(child) // asked for before there was a process to end
  })
  // V8 gives the process up, such as for want of memory; 'exit' follows. Unheard, it would be an error of the application's.
  child.on('error', (type, location) => (ending ??= `${type} in ${location}`))
  const answer = (refusal: string | null, transfer: ShellPort[]): void => {
    if (!isGone) child.postMessage({ type: WINDOW_ANSWER, refusal } satisfies WindowAnswer, transfer)
  }
  const giveWindow = async (): Promise<void> => {
    try {
      const window = await openWindow()
      windows.push(window)
      if (isGone) window.close()
      answer(null, [window.port])
    } catch (error) {
      answer(describeFailure(error).message, [])
    }
  }
  return {
    get pid() {
      return child.pid
    },
    post: (message) => {
      if (!isGone) child.postMessage(message) // what is posted to a process that is gone has crashed Electron
    },
    onMessage: (listener) => {
      child.on('message', (message) => {
        if (message === LAST_WORD) end('exit code 0')
        else if (message === WINDOW_WANTED) void giveWindow()
        else listener(message)
      })
    },
    onExit: (listener) => void exit.then(listener),
    kill: () => end('SIGKILL'),
  }
}

/** Electron's own `kill` asks with SIGTERM and insists after two seconds; a trainer is to stop at once. */
function endAtOnce(child: ShellProcess): void {
  const { pid } = child
  child.kill()
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it has ended by itself meanwhile
  }
}
