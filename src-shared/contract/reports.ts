// Calls that write reports: one HTML file each, for the page to hand on.
import { z } from 'zod'
import { paperRequestSchema } from '../paper/paper-state.ts'
import { call, id } from './parts.ts'

/** More columns than a sheet of paper takes. */
export const MOST_REPORTED = 50

const report = z.object({ name: z.string(), html: z.string() })

export const reportCalls = {
  /** Runs side by side, judged against the baseline, which must be one of them. */
  compare: call
    .input(z.strictObject({ runIds: z.array(id).min(2).max(MOST_REPORTED), baseline: id }))
    .output(report),
  /** The paper's tables as they stand. */
  paper: call.input(paperRequestSchema).output(report),
}
