// The queue: stored runs that wait for their turn, in order. One run trains at a time.
import { z } from 'zod'
import { ENGINE_CHOICES } from './engine.ts'

export const queueEntrySchema = z.object({
  runId: z.string(),
  engine: z.enum(ENGINE_CHOICES),
})
export type QueueEntry = z.infer<typeof queueEntrySchema>

/** Work that has the machine for itself, and what it is done for. */
export const machineWorkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('training'), runId: z.string() }),
  z.object({ kind: z.literal('measuring-speed'), engine: z.enum(ENGINE_CHOICES) }),
  z.object({ kind: z.literal('measuring-confidence'), runId: z.string() }),
  z.object({ kind: z.literal('looking-through'), datasetId: z.string() }),
])
export type MachineWork = z.infer<typeof machineWorkSchema>

export const queueSchema = z.object({
  /** The run that trains, is paused, or waits for the machine; null when none does. */
  current: z.string().nullable(),
  /** What has the machine while the current run waits for it; absent when it does not. */
  waitsFor: machineWorkSchema.optional(),
  /** Those that wait, the next one first. */
  waiting: z.array(queueEntrySchema),
  /** When true, no further run starts after the current one until the queue is released. */
  held: z.boolean(),
})
export type Queue = z.infer<typeof queueSchema>
