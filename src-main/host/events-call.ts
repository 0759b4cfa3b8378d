// The stream of all that is announced. It listens from the moment of the call on, before the first event is asked for.
import type { AppEvent } from '#shared/contract.ts'
import { type Calls, type Log, toFailureError } from './calls.ts'
import type { Host } from './host.ts'

export function buildEventsCall(calls: Calls, { announcer, log }: Host) {
  return calls.events.handler(({ signal = new AbortController().signal }) =>
    withFailures(announcer.read(signal), log),
  )
}

/** What ends a stream leaves as other failures do; the calls' own translation ends where the stream begins. */
async function* withFailures(events: AsyncGenerator<AppEvent, void, void>, log: Log) {
  try {
    yield* events
  } catch (error) {
    throw toFailureError(error, 'events', log)
  }
}
