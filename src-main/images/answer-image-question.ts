// A question answered inside the image thread, over a dataset that is in memory.
import { stratifiedSplit } from '#shared/core/datasets/split.ts'
import type { FilterFacts, Predictions } from '#shared/core/images/filter-images.ts'
import {
  countBrightness,
  countLabels,
  findNeighbours,
  measureDistances,
} from '#shared/core/images/image-values.ts'
import { type JoinedImages, packSheet } from '#shared/core/images/joined-images.ts'
import { countFacets, selectImages } from '#shared/core/images/select-images.ts'
import { Failure } from '#shared/failure.ts'
import type { ImageFormat, ImageStatistics } from '#shared/contract/images.ts'
import type { ImageAnswer, ImageQuestion, QuestionFacts, RunPredictions } from './image-questions.ts'
import type { OpenDataset } from './open-datasets.ts'

const BRIGHTNESS_BINS = 32

/** @throws Failure 'invalid-setting' for images that there are not */
export function answerImageQuestion(open: OpenDataset, question: ImageQuestion): ImageAnswer {
  const { images } = open
  switch (question.type) {
    case 'describe':
      return describe(open)
    case 'sheet':
      requireImages(images, question.images)
      return packSheet(images, question.images)
    case 'labels':
      return Uint8Array.from(images.labels)
    case 'predictions':
      return encodePredictions(spreadPredictions(images, question.predictions))
    case 'select': {
      const { filter, order } = question
      requireImages(images, [...(filter.images ?? []), ...(order.image === null ? [] : [order.image])])
      const values = {
        brightness: () => open.brightness(),
        distances: (image: number) => measureDistances(images, image),
      }
      return bytesOf(selectImages(images, filter, order, readFacts(images, question.facts), values))
    }
    case 'facets':
      requireImages(images, question.filter.images ?? [])
      return countFacets(images, question.filter, readFacts(images, question.facts))
    case 'statistics':
      return computeStatistics(open)
    case 'class-images':
      return Uint8Array.from(open.classImages())
    case 'neighbours': {
      const { image, count } = question
      requireImages(images, [image])
      return findNeighbours(images, measureDistances(images, image), image, count)
    }
    default:
      return question satisfies never
  }
}

function describe({ dataset, images }: OpenDataset): ImageFormat {
  const { id, name, hash, generated, classNames, height, width, train, test } = dataset
  const counts = { trainCount: train.count, testCount: test.count }
  const { channels } = images
  return { id, name, hash, generated, classNames: [...classNames], height, width, channels, ...counts }
}

function computeStatistics(open: OpenDataset): ImageStatistics {
  const { images, dataset } = open
  return {
    train: countLabels(dataset.train.labels, images.classCount),
    test: countLabels(dataset.test.labels, images.classCount),
    brightness: countBrightness(images, open.brightness(), BRIGHTNESS_BINS),
  }
}

function readFacts(images: JoinedImages, { predictions, flags }: QuestionFacts): FilterFacts {
  return {
    predictions: new Map(predictions.map((run) => [run.runId, spreadPredictions(images, run)])),
    flags: new Map(flags.map(({ name, images: marked }) => [name, marked])),
  }
}

/** From the images of the splits that were predicted to all images of the dataset. */
function spreadPredictions(images: JoinedImages, { answers, validation }: RunPredictions): Predictions {
  const { count, trainCount, classCount } = images
  const labels = new Uint8Array(count)
  const probabilities = new Float32Array(count).fill(NaN)
  if (answers.test !== undefined) {
    labels.set(answers.test.labels.subarray(0, count - trainCount), trainCount)
    probabilities.set(answers.test.probabilities.subarray(0, count - trainCount), trainCount)
  }
  const { validation: heldOut } = answers
  if (heldOut === undefined) return { labels, probabilities }
  const trainLabels = images.labels.subarray(0, trainCount)
  const { validationIndices } = stratifiedSplit(trainLabels, classCount, validation.count, validation.seed)
  validationIndices.forEach((image, place) => {
    labels[image] = heldOut.labels[place] ?? 0
    probabilities[image] = heldOut.probabilities[place] ?? NaN
  })
  return { labels, probabilities }
}

/** As the contract describes it: probabilities, then labels. */
function encodePredictions({ labels, probabilities }: Predictions): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(probabilities.byteLength + labels.length)
  bytes.set(bytesOf(probabilities))
  bytes.set(labels, probabilities.byteLength)
  return bytes
}

/** All machines that this runs on are little-endian. */
function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array | Float32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)
}

function requireImages({ count }: JoinedImages, wanted: readonly number[]): void {
  const missing = wanted.find((image) => image >= count)
  if (missing === undefined) return
  throw new Failure(
    'invalid-setting',
    `There is no image ${missing}: the dataset has ${count}. Images are numbered from 0, those of the test split last.`,
  )
}
