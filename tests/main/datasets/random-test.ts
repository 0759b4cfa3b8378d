// Random tests print their seed, and run again with the one in ATELIER_TEST_SEED.
import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { Random } from '#shared/core/random.ts'

export function randomForTest(test: string): Random {
  const seed = Number(process.env['ATELIER_TEST_SEED'] ?? randomInt(2 ** 32))
  process.stdout.write(`${test}: ATELIER_TEST_SEED=${seed}\n`)
  return new Random(seed)
}

/** So many values, the same ones for the same seed. */
export function sampleForTest<Value>(test: string, values: fc.Arbitrary<Value>, count: number): Value[] {
  return fc.sample(values, { numRuns: count, seed: randomForTest(test).below(2 ** 31) })
}
