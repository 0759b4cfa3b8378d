// The pace of a trainer process.
import { setImmediate } from 'node:timers/promises'
import { Pace } from '#shared/core/training/pace.ts'

/** @param announce called when the loop really waits, and when it goes on */
export function startPace(announce: (state: 'paused' | 'resumed') => void): Pace {
  return new Pace({ announce, now: () => performance.now(), letMessagesIn: () => setImmediate() })
}
