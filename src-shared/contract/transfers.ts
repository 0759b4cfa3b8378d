// Calls that hand whole runs from one history to another.
import { z } from 'zod'
import { runSchema } from '../run.ts'
import { MAX_EXPORT_BYTES } from './exports.ts'
import { call, id } from './parts.ts'

/** The most runs that one file takes. */
export const MAX_PACKED_RUNS = 200
/** What a page can send at once; larger files are taken in by the terminal. */
export const MAX_IMPORT_BYTES = 10 * 2 ** 20

const base64Of = (bytes: number) => z.base64().max(4 * Math.ceil(bytes / 3))

export const transferCalls = {
  /** Runs that have ended, as one file: records, predictions, curves and newest weights. */
  exportRuns: call
    .input(z.strictObject({ runIds: z.array(id).min(1).max(MAX_PACKED_RUNS) }))
    .output(z.object({ name: z.string(), content: base64Of(MAX_EXPORT_BYTES) })),
  /** Takes in what exportRuns gave, everything checked; runs that are here already are left as they are. */
  importRuns: call
    .input(
      z.strictObject({
        /** Of the file, for messages. */
        name: z.string().min(1).max(1024),
        content: base64Of(MAX_IMPORT_BYTES),
      }),
    )
    .output(z.object({ runs: z.array(runSchema), known: z.array(z.string()) })),
}
