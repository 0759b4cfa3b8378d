// A full and a read-only disk, made for real: a small memory disk that only a private mount namespace of Linux sees.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryHome } from './temporary-home.ts'

const NAMESPACE = ['--map-root-user', '--mount', 'sh', '-c']
const child = (name: string) => `"${process.execPath}" "${join(import.meta.dirname, name)}" "$0"`

function canMount(): boolean {
  try {
    execFileSync('unshare', [...NAMESPACE, 'mount -t tmpfs tmpfs /mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Runs a shell script whose `$0` is an empty folder, and returns the JSON that it printed. */
function runWithOwnMounts(script: string): unknown {
  return JSON.parse(
    execFileSync('unshare', [...NAMESPACE, `set -e; ${script}`, temporaryHome()], { encoding: 'utf8' }),
  )
}

test.runIf(canMount())(
  'a full disk is a sentence, loses no earlier epoch, and storing goes on once there is space',
  { timeout: 30_000 },
  () => {
    const outcome = runWithOwnMounts(
      `mount -t tmpfs -o size=1m tmpfs "$0"; head -c 300000 /dev/zero > "$0/ballast"; ${child('full-disk-child.ts')}`,
    ) as { stored: number; readable: number; afterwards: number; failure: unknown }
    expect(outcome.failure).toEqual({
      code: 'unavailable',
      message: expect.stringMatching(
        /^The disk that holds .*atelier\.db is full, so the last change was not stored; everything before it is safe\./,
      ) as string,
    })
    expect(outcome.stored).toBeGreaterThan(0)
    expect(outcome.readable).toBe(outcome.stored)
    expect(outcome.afterwards).toBe(outcome.stored + 1)
  },
)

test.runIf(canMount())('a folder that cannot be written is a sentence', { timeout: 30_000 }, () => {
  const outcome = runWithOwnMounts(`mount -t tmpfs -o ro tmpfs "$0"; ${child('read-only-child.ts')}`)
  const refusal = {
    code: 'unavailable',
    message: expect.stringMatching(/cannot be (opened|written).*--home\.$/) as string,
  }
  expect(outcome).toEqual({ lock: refusal, store: refusal })
})

test.runIf(canMount())('a history on a disk that became read-only is a sentence', { timeout: 30_000 }, () => {
  const outcome = runWithOwnMounts(
    `mount -t tmpfs tmpfs "$0"; ${child('read-only-child.ts')} > /dev/null; mount -o remount,ro "$0"; ${child('read-only-child.ts')}`,
  )
  const refusal = {
    code: 'unavailable',
    message: expect.stringMatching(/cannot be (opened|written).*--home\.$/) as string,
  }
  expect(outcome).toEqual({ lock: refusal, store: refusal })
})
