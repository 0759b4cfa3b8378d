// The one kind of error that is meant for people: it says what was wrong, what was expected and what to do.
// Anything else that is thrown is a defect of ours and crosses borders as code 'internal'.

/**
 * - `invalid-setting` a setting, flag or argument that cannot be used
 * - `invalid-file` a file that is not what it should be
 * - `not-found` a run, dataset or file that does not exist
 * - `conflict` something else is in the way: a lock, a state, a name
 * - `unavailable` an engine, a network, a disk that is not there
 * - `cancelled` the user asked for the end
 * - `diverged` a training whose numbers are no longer finite
 * - `internal` a defect of this program
 */
export const FAILURE_CODES = [
  'invalid-setting',
  'invalid-file',
  'not-found',
  'conflict',
  'unavailable',
  'cancelled',
  'diverged',
  'internal',
] as const
export type FailureCode = (typeof FAILURE_CODES)[number]

export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** What crosses a border instead of an Error: plain data. */
export interface FailureRecord {
  readonly code: FailureCode
  readonly message: string
}

/** Turns anything thrown into plain data; a defect keeps its own text under the code 'internal'. */
export function describeFailure(error: unknown): FailureRecord {
  if (error instanceof Failure) return { code: error.code, message: error.message }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
