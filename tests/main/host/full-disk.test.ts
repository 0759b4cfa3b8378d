// A disk that is full when a run ends: nothing crashes, the queue stands still and says so, and once there is space again
// the history tells the truth and the run can go on.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CAN_MOUNT, childCommand, NEEDS_MOUNTS, runWithOwnMounts } from '../store/own-mounts.ts'

const SCRIPT = join(import.meta.dirname, 'full-disk-child.ts')

interface Look {
  readonly status: string
  readonly reason: string | null
  readonly epochs: number
  readonly current: string | null
  readonly waiting: readonly string[]
  readonly held: boolean
}

interface Outcome {
  readonly full: Look
  readonly freed: Look
  readonly resumed: Look
  readonly said: string
  readonly first: string
  readonly second: string
}

test.runIf(CAN_MOUNT)(
  `a run whose end does not fit on the disk is caught up on, and can be resumed${NEEDS_MOUNTS}`,
  { timeout: 60_000 },
  () => {
    const outcome = runWithOwnMounts(
      `mount -t tmpfs -o size=3m tmpfs "$0"; ${childCommand(SCRIPT)}`,
    ) as Outcome
    const { full, freed, resumed, said, first, second } = outcome
    expect(full).toMatchObject({ status: 'running', current: null, held: true })
    expect(said).toMatch(/ is full, so the last change was not stored; .* The queue is held\.$/)
    expect(freed).toMatchObject({ status: 'interrupted', current: null, waiting: [second], held: true })
    expect(freed.reason).toMatch(
      /^How it ended could not be stored; finished epochs are kept\. The disk that/,
    )
    expect(full.epochs).toBeGreaterThan(0)
    expect([freed.epochs, resumed.epochs]).toEqual([full.epochs, full.epochs])
    expect(resumed).toMatchObject({ status: 'queued', waiting: [second, first] })
  },
)
