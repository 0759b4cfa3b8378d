// What a test expects of a Failure: its code, and a part of its sentence.
import { expect } from 'vitest'
import type { FailureCode } from '#shared/failure.ts'

export function refusal(code: FailureCode, part: string): unknown {
  const message: unknown = expect.stringContaining(part)
  return expect.objectContaining({ name: 'Failure', code, message })
}
