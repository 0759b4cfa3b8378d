// Starts a trainer process under Electron, where Node's fork is not possible (the fuse RunAsNode is off).
import { LAST_WORD } from '../training/parent-port.ts'
import type { SpawnTrainer, TrainerProcess } from '../training/spawn-trainer.ts'
import type { ShellProcess, ShellProcesses } from './electron.ts'

/**
 * @param entry path of the built process
 * @param serviceName what the system's list of processes calls it
 */
export function spawnUtilityTrainer(
  processes: ShellProcesses,
  entry: string,
  serviceName = 'Atelier trainer',
): SpawnTrainer {
  return () => {
    const child = processes.fork(entry, [], {
      serviceName,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return watch(child)
  }
}

function watch(child: ShellProcess): TrainerProcess {
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
      resolve(ending ?? `exit code ${code}`)
    })
  })
  child.on('spawn', () => {
    if (ending !== null) endAtOnce(child) // asked for before there was a process to end
  })
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
