// The contract, ready to be implemented: whatever a call throws leaves as the contract's FAILURE with a code and a
// sentence, and what is a defect of ours is written to the log as well.
import { ValidationError } from '@orpc/contract'
import { implement, ORPCError } from '@orpc/server'
import { contract } from '#shared/contract.ts'
import { describeFailure, Failure, type FailureRecord } from '#shared/failure.ts'

export type Log = (line: string) => void
export type Calls = ReturnType<typeof prepareCalls>

/** Answers are our own records, checked when they were read; the page checks them when they arrive, and once is enough. */
const UNCHECKED_ANSWERS = { initialOutputValidationIndex: Number.NaN }

export function prepareCalls(log: Log) {
  return implement(contract, UNCHECKED_ANSWERS).use(async ({ next, path }) => {
    try {
      return await next()
    } catch (error) {
      throw toFailureError(error, path.join('.'), log)
    }
  })
}

/** @param what the call, for the log */
export function toFailureError(error: unknown, what: string, log: Log): ORPCError<'FAILURE', FailureRecord> {
  const failure = explain(error)
  if (failure.code === 'internal') log(`${what}: ${describeDefect(error)}`)
  return new ORPCError('FAILURE', { message: failure.message, data: failure, cause: error })
}

function explain(error: unknown): FailureRecord {
  if (error instanceof Failure || !(error instanceof ORPCError)) return describeFailure(error)
  if (error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    return { code: 'invalid-setting', message: describeIssues(error.cause.issues) }
  }
  return { code: 'internal', message: error.message }
}

function describeIssues(issues: ValidationError['issues']): string {
  return issues.map(({ path = [], message }) => `${describePath(path)}: ${message}.`).join(' ')
}

function describePath(path: NonNullable<ValidationError['issues'][number]['path']>): string {
  const keys = path.map((part) => String(typeof part === 'object' ? part.key : part))
  return keys.length === 0 ? 'The request' : keys.join('.')
}

function describeDefect(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? ` Cause: ${error.cause.stack ?? error.cause.message}` : ''
  return `${error.stack ?? error.message}${cause}`
}
