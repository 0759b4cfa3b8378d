import { describe, expect, it } from 'vitest'
import { describeFailure, Failure, FAILURE_CODES } from '#shared/failure.ts'

describe('what crosses a border instead of an error', () => {
  it.each(FAILURE_CODES)('keeps the code %s and the sentence', (code) => {
    expect(describeFailure(new Failure(code, 'Something is wrong.'))).toEqual({
      code,
      message: 'Something is wrong.',
    })
  })

  it.each([
    ['an error', new TypeError('x is not a function'), 'x is not a function'],
    ['a text', 'out of memory', 'out of memory'],
    ['nothing', undefined, 'undefined'],
  ])('is internal for what else is thrown: %s', (_, thrown, message) => {
    expect(describeFailure(thrown)).toEqual({ code: 'internal', message })
  })

  it('is plain data that a wire can carry', () => {
    const record = describeFailure(new Failure('conflict', 'Busy.', { cause: new Error('inner') }))
    expect(structuredClone(record)).toEqual({ code: 'conflict', message: 'Busy.' })
  })
})

describe('a failure', () => {
  it('is an error with a name and its cause', () => {
    const cause = new Error('inner')
    const failure = new Failure('unavailable', 'The disk is full.', { cause })
    expect(failure).toBeInstanceOf(Error)
    expect([failure.name, String(failure), failure.cause]).toEqual([
      'Failure',
      'Failure: The disk is full.',
      cause,
    ])
  })
})
