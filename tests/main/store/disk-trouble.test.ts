// A full and a read-only disk, made for real: a small memory disk that only a private mount namespace of Linux sees.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CAN_MOUNT, childCommand, NEEDS_MOUNTS, runWithOwnMounts } from './own-mounts.ts'

const child = (name: string) => childCommand(join(import.meta.dirname, name))

test.runIf(CAN_MOUNT)(
  `a full disk is a sentence, loses no earlier epoch, and storing goes on once there is space${NEEDS_MOUNTS}`,
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

test.runIf(CAN_MOUNT)(
  `a folder that cannot be written is a sentence${NEEDS_MOUNTS}`,
  { timeout: 30_000 },
  () => {
    const outcome = runWithOwnMounts(`mount -t tmpfs -o ro tmpfs "$0"; ${child('read-only-child.ts')}`)
    const refusal = {
      code: 'unavailable',
      message: expect.stringMatching(/cannot be (opened|written).*--home\.$/) as string,
    }
    expect(outcome).toEqual({ lock: refusal, store: refusal })
  },
)

test.runIf(CAN_MOUNT)(
  `a history on a disk that became read-only is a sentence${NEEDS_MOUNTS}`,
  { timeout: 30_000 },
  () => {
    const outcome = runWithOwnMounts(
      `mount -t tmpfs tmpfs "$0"; ${child('read-only-child.ts')} > /dev/null; mount -o remount,ro "$0"; ${child('read-only-child.ts')}`,
    )
    const refusal = {
      code: 'unavailable',
      message: expect.stringMatching(/cannot be (opened|written).*--home\.$/) as string,
    }
    expect(outcome).toEqual({ lock: refusal, store: refusal })
  },
)
