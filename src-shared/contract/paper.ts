// Calls about the paper's tables: how far they are, and training what they lack. The tables themselves are built from
// the answer by src-shared/paper.
import { z } from 'zod'
import { ENGINE_CHOICES } from '../engine.ts'
import { paperRequestSchema, paperStateSchema } from '../paper/paper-state.ts'
import { call } from './parts.ts'

export const paper = {
  /** Which rows are answered by which runs, what is on its way and what is missing; 'not-found' without the dataset. */
  read: call.input(paperRequestSchema).output(paperStateSchema),
  /** Lines up what is missing and what was stopped; what waits or trains already is left alone. */
  queue: call
    .input(paperRequestSchema.extend({ engine: z.enum(ENGINE_CHOICES) }))
    .output(z.object({ runIds: z.array(z.string()) })),
}
