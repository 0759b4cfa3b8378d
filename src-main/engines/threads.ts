// How many threads compute, where someone wants fewer than the machine has: a variable of the trainer process.
import { availableParallelism } from 'node:os'
import { Failure } from '#shared/failure.ts'

export const THREADS_VARIABLE = 'ATELIER_THREADS'

/** One for each core unless the variable says otherwise. @throws Failure 'invalid-setting' for what is no such number */
export function readThreads(text = process.env[THREADS_VARIABLE]): number {
  const most = availableParallelism()
  if (text === undefined || text === '') return most
  const threads = Number(text)
  if (Number.isInteger(threads) && threads >= 1 && threads <= most) return threads
  throw new Failure(
    'invalid-setting',
    `The number of threads is a whole number from 1 to ${most} on this machine, found ${JSON.stringify(text)}.`,
  )
}
