// Made-up runs to be judged.
import type { Subject } from '#shared/compare/subject.ts'
import { type ExperimentInput, parseExperiment } from '#shared/experiment.ts'

export interface Made {
  readonly id: string
  readonly seed?: number
  readonly settings?: Partial<ExperimentInput>
  readonly hash?: string
  readonly engine?: Subject['engine']
  /** Images, from the first on, that it has right. */
  readonly right?: Uint8Array | null
  readonly test?: Subject['test']
}

export function subject({
  id,
  seed = 1,
  settings = {},
  hash = 'data',
  engine = 'simd',
  ...more
}: Made): Subject {
  const right = more.right ?? null
  const counted =
    right === null ? null : { correct: right.reduce((sum, one) => sum + one, 0), count: right.length }
  return {
    runId: id,
    experiment: parseExperiment({ dataset: 'sketches', validationImages: 100, ...settings, seed }),
    datasetHash: hash,
    engine,
    test: more.test === undefined ? counted : more.test,
    right,
  }
}

/** Right on `correct` of 1,000 images, counted from image `from` on around the end. */
export function marks(correct: number, from = 0, count = 1000): Uint8Array {
  const right = new Uint8Array(count)
  for (let image = 0; image < correct; image++) right[(from + image) % count] = 1
  return right
}
