// The application's side of one piece of work in a trainer process that says how far it is and then that it is done: starts
// it, passes its progress on, and tells how it ended.
import { z } from 'zod'
import { describeFailure, FAILURE_CODES, Failure } from '#shared/failure.ts'
import type { SpawnTrainer } from './spawn-trainer.ts'

export interface FollowedWork<Report> {
  /** What is posted to the process. */
  readonly command: object
  readonly report: z.ZodType<Report>
  /** Takes a report; true for the one that says that the work is done. */
  readonly take: (report: Report) => boolean
  /** For people, of what died or was cancelled: 'The process that looked through the images'. */
  readonly processName: string
  readonly cancelledMessage: string
}

const failedSchema = z.object({
  type: z.literal('failed'),
  failure: z.object({ code: z.enum(FAILURE_CODES), message: z.string() }),
})

/**
 * Resolves when the work is done.
 * @param signal ends the process at once
 * @throws Failure 'cancelled' by the signal, 'unavailable' when the process dies, or what the work failed with
 */
export async function followProcess<Report>(
  spawn: SpawnTrainer,
  { command, report, take, processName, cancelledMessage }: FollowedWork<Report>,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) throw new Failure('cancelled', cancelledMessage)
  const process = spawn('hidden') // drivers of engines that are only tried complain to nobody
  const ends: ('done' | Failure)[] = []
  process.onMessage((message) => {
    if (ends.length > 0) return
    try {
      const failed = failedSchema.safeParse(message)
      if (failed.success) ends.push(new Failure(failed.data.failure.code, failed.data.failure.message))
      else if (take(report.parse(message))) ends.push('done')
    } catch (error) {
      const { code, message: reason } = describeFailure(error)
      ends.push(new Failure(code, reason, { cause: error }))
    }
  })
  const ended = new Promise<string>((resolve) => process.onExit(resolve))
  const kill = (): void => process.kill()
  signal.addEventListener('abort', kill, { once: true })
  process.post(command)
  const how = await ended
  signal.removeEventListener('abort', kill)
  throwUnlessDone(ends[0], how, signal, { processName, cancelledMessage })
}

function throwUnlessDone(
  end: 'done' | Failure | undefined,
  how: string,
  signal: AbortSignal,
  { processName, cancelledMessage }: Pick<FollowedWork<unknown>, 'processName' | 'cancelledMessage'>,
): void {
  if (end === 'done') return
  if (signal.aborted) throw new Failure('cancelled', cancelledMessage)
  throw end ?? new Failure('unavailable', `${processName} ended unexpectedly (${how}). Start it again.`)
}
