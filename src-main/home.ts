// The data folder: everything that Atelier keeps lies in it, and nothing outside it is written without being asked.
import { homedir, platform } from 'node:os'
import { join, resolve } from 'node:path'
import { Failure } from '#shared/failure.ts'

export interface Home {
  readonly directory: string
  readonly datasets: string
  /** What was found in the images of each dataset. */
  readonly quality: string
  /** The folder of a run's checkpoints. */
  runFolder(runId: string): string
}

/**
 * @param directory from --home, else ATELIER_HOME, else the place where the system keeps such data
 * @throws Failure 'invalid-setting' for an empty name, which would be the current folder
 */
export function locateHome(directory = readVariable('ATELIER_HOME') ?? systemFolder()): Home {
  if (directory === '')
    throw new Failure('invalid-setting', 'The data folder has no name: give --home a folder.')
  const absolute = resolve(directory)
  return {
    directory: absolute,
    datasets: join(absolute, 'datasets'),
    quality: join(absolute, 'quality'),
    runFolder: (runId) => join(absolute, 'runs', runId),
  }
}

function systemFolder(): string {
  switch (platform()) {
    case 'win32':
      return join(readVariable('APPDATA') ?? join(homedir(), 'AppData', 'Roaming'), 'Atelier')
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Atelier')
    default:
      return join(readVariable('XDG_DATA_HOME') ?? join(homedir(), '.local', 'share'), 'atelier')
  }
}

/** An empty variable counts as one that is not set. */
function readVariable(name: string): string | undefined {
  const value = process.env[name]
  return value === '' ? undefined : value
}
