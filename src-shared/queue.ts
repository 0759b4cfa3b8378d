// The queue: stored runs that wait for their turn, in order. One run trains at a time.
import { z } from 'zod'
import { ENGINE_CHOICES } from './engine.ts'

export const queueEntrySchema = z.object({
  runId: z.string(),
  engine: z.enum(ENGINE_CHOICES),
})
export type QueueEntry = z.infer<typeof queueEntrySchema>

export const queueSchema = z.object({
  /** The run that trains or is paused; null when none does. */
  current: z.string().nullable(),
  /** Those that wait, the next one first. */
  waiting: z.array(queueEntrySchema),
  /** When true, no further run starts after the current one until the queue is released. */
  held: z.boolean(),
})
export type Queue = z.infer<typeof queueSchema>
