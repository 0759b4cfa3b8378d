// Starts a trainer process under Node. (Under Electron, with the RunAsNode fuse off, a utilityProcess takes its place.)
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A trainer process as seen from the application, whatever starts it. */
export interface TrainerProcess {
  readonly pid: number | undefined
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, when the process is gone: with its exit code, or the signal that ended it. */
  onExit(listener: (how: string) => void): void
  /** Ends it at once. */
  kill(): void
}

/** @param errors what becomes of its stderr: a driver that is only tried may complain to nobody */
export type SpawnTrainer = (errors?: 'shown' | 'hidden') => TrainerProcess

const ENTRY = fileURLToPath(new URL('./trainer-process.ts', import.meta.url))
/** libtensorflow tells of errors only; what matters is in the engine's notice. */
const QUIET_TENSORFLOW = { TF_CPP_MIN_LOG_LEVEL: '2' }

/** What does not reach a process that has just died needs no word: its end is told by `onExit`. */
const IGNORE_LOSS = (): void => undefined

export const forkTrainer: SpawnTrainer = forkScript(ENTRY)

/** @param script path of the module that is the process; it speaks through `openParentPort` */
export function forkScript(script: string): SpawnTrainer {
  return (errors = 'shown') => startChild(script, errors)
}

function startChild(script: string, errors: 'shown' | 'hidden'): TrainerProcess {
  const child = fork(script, [], {
    serialization: 'advanced', // typed arrays stay typed arrays
    env: { ...QUIET_TENSORFLOW, ...process.env },
    stdio: ['ignore', 'ignore', errors === 'hidden' ? 'ignore' : 'inherit', 'ipc'],
    detached: true, // Ctrl-C in a terminal reaches the application alone, which then asks the trainer to end
  })
  const exit = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    // Unlike 'exit', 'close' comes after the last message.
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  return {
    pid: child.pid,
    post: (message) => {
      if (child.connected) child.send(message as object, IGNORE_LOSS)
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => void exit.then(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}
