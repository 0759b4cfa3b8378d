// A full or a read-only disk, made for real: a small memory disk that only a private mount namespace of Linux sees.
import { execFileSync } from 'node:child_process'
import { temporaryHome } from './temporary-home.ts'

const NAMESPACE = ['--map-root-user', '--mount', 'sh', '-c']

export const CAN_MOUNT = canMount()
/** The end of a test's name that says why it is skipped. */
export const NEEDS_MOUNTS = CAN_MOUNT ? '' : ' (skipped: needs a mount namespace of its own)'

/** The words of a shell that run a script of ours on the folder `$0`. */
export function childCommand(script: string): string {
  return `"${process.execPath}" "${script}" "$0"`
}

/** Runs a shell script whose `$0` is an empty folder, and returns the JSON that it printed. */
export function runWithOwnMounts(script: string): unknown {
  return JSON.parse(
    execFileSync('unshare', [...NAMESPACE, `set -e; ${script}`, temporaryHome()], { encoding: 'utf8' }),
  )
}

function canMount(): boolean {
  try {
    execFileSync('unshare', [...NAMESPACE, 'mount -t tmpfs tmpfs /mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
