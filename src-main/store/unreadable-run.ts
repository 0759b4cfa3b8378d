// A record that was stored and does not parse any more: damage inside a row, or a setting that this version does not know.
import { z } from 'zod'
import { Failure } from '#shared/failure.ts'
import { describeError } from './storage-failure.ts'

/** @param error what parsing threw: zod's or JSON's */
export function unreadableRun(run: { readonly id: string; readonly name: string }, error: unknown): Failure {
  return new Failure(
    'invalid-file',
    `The record of run ${run.id} (${run.name}) cannot be read: ${describe(error)}. ` +
      'A newer Atelier may have written it, or the file is damaged; the other runs are not affected.',
    { cause: error },
  )
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  return describeError(error)
}
