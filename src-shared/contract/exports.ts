// Calls that hand out what is kept, in other programs' formats.
import { z } from 'zod'
import { MODEL_FORMATS } from '../model-format.ts'
import { call, id } from './parts.ts'

/** What a page is handed at once; larger models are written by the terminal. */
export const MAX_EXPORT_BYTES = 32 * 1024 * 1024

export const exportCalls = {
  /** The newest weights of a run as one file; what has two files comes as a ZIP archive. */
  readModel: call
    .input(z.strictObject({ runId: id, format: z.enum(MODEL_FORMATS) }))
    .output(z.object({ name: z.string(), content: z.base64() })),
}
