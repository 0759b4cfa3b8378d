// The images of the fake host: small pictures drawn by a rule, filtered and sorted by the real core. Class k is a bright
// square whose place says the class; a run answers rightly except for every seventh test image.
import { implement } from '@orpc/server'
import { contract } from '#shared/contract.ts'
import { Failure } from '#shared/failure.ts'
import { FASHION_CLASS_NAMES } from '#shared/core/datasets/dataset.ts'
import type { Predictions } from '#shared/core/images/filter-images.ts'
import {
  averageClasses,
  countBrightness,
  countLabels,
  findNeighbours,
  measureBrightness,
  measureDistances,
} from '#shared/core/images/image-values.ts'
import { joinImages, packSheet } from '#shared/core/images/joined-images.ts'
import { countFacets, selectImages } from '#shared/core/images/select-images.ts'
import type { ImageFilter, ImageOrder } from '#shared/images.ts'

const SIDE = 28
const CLASSES = FASHION_CLASS_NAMES.length

export class FakeImages {
  readonly trainCount: number
  readonly testCount: number
  readonly joined
  /** Names of flags and the images that have them. */
  readonly flags = new Map<string, Uint32Array>()
  /** What every call is refused with, or null. */
  refusal: string | null = null
  /** Calls that arrived, in order. */
  readonly calls: { name: string; input: unknown }[] = []

  constructor(trainCount = 300, testCount = 100) {
    this.trainCount = trainCount
    this.testCount = testCount
    const [train, test] = [draw(trainCount), draw(testCount)]
    this.joined = joinImages({
      height: SIDE,
      width: SIDE,
      channels: 1,
      classNames: FASHION_CLASS_NAMES,
      train,
      test,
    })
  }

  predictions(): Predictions {
    const { count, labels } = this.joined
    const isTest = (image: number): boolean => image >= this.trainCount
    return {
      labels: labels.map((label, image) => (image % 7 === 0 ? (label + 1) % CLASSES : label)),
      probabilities: Float32Array.from({ length: count }, (_, image) =>
        isTest(image) ? 0.5 + (image % 50) / 100 : NaN,
      ),
    }
  }

  handlers() {
    const { images } = implement(contract).use(async ({ next, path, errors }, input) => {
      this.calls.push({ name: path.at(-1) ?? '', input })
      if (this.refusal === null) return next()
      const data = new Failure('invalid-file', this.refusal)
      throw (errors as Refuse).FAILURE({ data: { code: data.code, message: data.message } })
    })
    const { joined, flags } = this
    const facts = (filter: ImageFilter, order?: ImageOrder) => ({
      flags,
      predictions: new Map(
        [filter.prediction?.runId, filter.prediction?.differsFrom, order?.runId]
          .filter((runId) => typeof runId === 'string')
          .map((runId) => [runId, this.predictions()]),
      ),
    })
    const values = {
      brightness: () => measureBrightness(joined),
      distances: (image: number) => measureDistances(joined, image),
    }
    return {
      describe: images.describe.handler(({ input }) => ({
        ...{ id: input.datasetId, name: 'Drawn', hash: '0'.repeat(64), generated: true },
        ...{ classNames: [...FASHION_CLASS_NAMES], height: SIDE, width: SIDE, channels: 1 },
        ...{ trainCount: this.trainCount, testCount: this.testCount },
      })),
      readSheet: images.readSheet.handler(({ input }) => new Blob([packSheet(joined, input.images)])),
      readLabels: images.readLabels.handler(() => new Blob([Uint8Array.from(joined.labels)])),
      readPredictions: images.readPredictions.handler(() => {
        const { probabilities, labels } = this.predictions()
        return new Blob([Float32Array.from(probabilities), Uint8Array.from(labels)])
      }),
      select: images.select.handler(({ input: { filter, order } }) => {
        const list = selectImages(joined, filter, order, facts(filter, order), values)
        return new Blob([Uint32Array.from(list)])
      }),
      countFacets: images.countFacets.handler(({ input: { filter } }) => {
        const counts = countFacets(joined, filter, facts(filter))
        const named = [...counts.flags].map(([name, count]) => ({ name, label: `Flag ${name}`, count }))
        return { ...counts, flags: named }
      }),
      readStatistics: images.readStatistics.handler(() => ({
        train: countLabels(joined.labels.subarray(0, this.trainCount), CLASSES),
        test: countLabels(joined.labels.subarray(this.trainCount), CLASSES),
        brightness: countBrightness(joined, measureBrightness(joined), 32),
      })),
      readClassImages: images.readClassImages.handler(() => new Blob([averageClasses(joined)])),
      findNeighbours: images.findNeighbours.handler(({ input: { image, count } }) =>
        findNeighbours(joined, measureDistances(joined, image), image, count),
      ),
    }
  }
}

interface Refuse {
  FAILURE(options: { data: { code: string; message: string } }): Error
}

/** Labels go round; a square of the class's place, brighter with every image. */
function draw(count: number) {
  const labels = Uint8Array.from({ length: count }, (_, index) => index % CLASSES)
  const pixels = new Uint8Array(count * SIDE * SIDE)
  for (let index = 0; index < count; index++) {
    const row = Math.floor((index % CLASSES) / 5) * 14
    const column = ((index % CLASSES) % 5) * 5
    for (let y = row; y < row + 10; y++)
      for (let x = column; x < column + 6; x++) pixels[(index * SIDE + y) * SIDE + x] = 100 + (index % 150)
  }
  return { count, pixels, labels }
}
