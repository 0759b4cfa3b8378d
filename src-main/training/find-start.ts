// Where a run goes on: at its newest checkpoint, or at the one before it when the newest is damaged. Whatever it goes
// on from has passed its checksum, so the epochs after it come to the bits that they had.
import type { TrainingState } from '#shared/core/training/training-state.ts'
import { Failure } from '#shared/failure.ts'
import { readCheckpoint } from './checkpoint-file.ts'
import type { TrainingJob } from './messages.ts'

interface Start {
  /** Null for a start from the beginning. */
  readonly state: TrainingState | null
  /** Time that the epochs up to it took. */
  readonly elapsedMs: number
  /** Why newer checkpoints are passed over; null where none is. */
  readonly damage: string | null
}

/** @throws Failure of the newest checkpoint when none of them is whole */
export async function findStart({ runFolder, resumeFrom }: TrainingJob): Promise<Start> {
  const failures: Failure[] = []
  for (const { checkpoint, elapsedMs } of resumeFrom) {
    try {
      const state = await readCheckpoint(runFolder, checkpoint)
      return { state, elapsedMs, damage: failures.length === 0 ? null : joinReasons(failures) }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      failures.push(error)
    }
  }
  const [newest] = failures
  if (newest !== undefined)
    throw new Failure(newest.code, `${newest.message} Start the run again, or delete it.`, { cause: newest })
  return { state: null, elapsedMs: 0, damage: null }
}

function joinReasons(failures: readonly Failure[]): string {
  return failures.map(({ message }) => message).join(' ')
}
