// How every refusal of a dataset's file is worded: the file, what was expected, what was found, what to do.
import { Failure } from '../../failure.ts'

const FETCH_AGAIN = 'The file is damaged or not of this kind; fetch it again or take another.'

/** The failure for a file that is not what it should be; `name` is how the user finds the file. */
export function invalidFile(name: string, expected: string, found: string, advice = FETCH_AGAIN): Failure {
  return new Failure('invalid-file', `${name}: expected ${expected}, found ${found}. ${advice}`)
}

/** 60000 as '60,000'. */
export function groupDigits(value: number): string {
  return value.toLocaleString('en-US')
}
