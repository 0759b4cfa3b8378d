import { describe, expect, it } from 'vitest'
import type { Dataset } from '#shared/core/datasets/dataset.ts'
import { selectSplits } from '#shared/core/training/select-splits.ts'
import { completeExperiment, type NewExperiment } from '#shared/experiment.ts'

const images = (count: number) => ({
  count,
  pixels: new Uint8Array(count),
  labels: Uint8Array.from({ length: count }, (_, index) => index % 2),
})
const dataset: Dataset = {
  id: 'dots',
  name: 'Dots',
  generated: false,
  classNames: ['even', 'odd'],
  height: 1,
  width: 1,
  channels: 1,
  train: images(120),
  test: images(6),
}

function select(change: Partial<NewExperiment>) {
  return selectSplits(dataset, completeExperiment({ dataset: 'dots', ...change }, dataset.train.count), null)
}

describe('the splits of an experiment', () => {
  it('are all training images and no validation when it watches the test images', () => {
    const { train, validation, test } = select({ testEachEpoch: true })
    expect([[...train.indices], validation, test.source]).toEqual([
      [...new Array(120).keys()],
      null,
      dataset.test,
    ])
    expect([...test.indices]).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('part the training images in two, without a common one', () => {
    const { train, validation } = select({ validationImages: 20 })
    const all = [...train.indices, ...(validation?.indices ?? [])]
    expect([train.indices.length, validation?.indices.length, new Set(all).size]).toEqual([100, 20, 120])
    expect(validation?.source).toBe(dataset.train)
  })

  it('hold out the same images whatever the number to train on and the seed of the run', () => {
    const held = select({ validationImages: 20 }).validation
    expect(select({ validationImages: 20, trainImages: 10, seed: 7 }).validation).toEqual(held)
    expect(select({ validationImages: 20, splitSeed: 7 }).validation).not.toEqual(held)
  })

  it('train on as many as are asked for, none of them held out', () => {
    const { train, validation } = select({ validationImages: 20, trainImages: 10 })
    expect(train.indices).toHaveLength(10)
    expect([...train.indices].filter((index) => validation?.indices.includes(index))).toEqual([])
  })

  it.each([
    [{ validationImages: 120 }, 'validationImages: expected a whole number from 0 to 119'],
    [{ validationImages: 20, trainImages: 101 }, 'trainImages: expected a whole number from 1 to 100'],
  ])('are refused when there are too few images: %o', (change, sentence) => {
    expect(() => select(change)).toThrow(sentence)
  })

  const marks = { excluded: [0, 3, 119], corrected: [[2, 1] as [number, number]] }

  it('leave out what is marked, and only from what is trained on', () => {
    const settings = { dataset: 'dots', validationImages: 20, withoutExcluded: true }
    const experiment = completeExperiment(settings, dataset.train.count)
    const { train, validation, test } = selectSplits(dataset, experiment, marks)
    const whole = select({ validationImages: 20 })
    expect([validation, test]).toEqual([whole.validation, whole.test])
    expect([...train.indices]).toEqual(
      [...whole.train.indices].filter((index) => ![0, 3, 119].includes(index)),
    )
    expect(train.source).toBe(dataset.train)
  })

  it('take as many images as are asked for after leaving out the marked ones', () => {
    const settings = { dataset: 'dots', validationImages: 0, trainImages: 117, withoutExcluded: true }
    const { train } = selectSplits(dataset, completeExperiment(settings, 120), marks)
    expect(train.indices).toHaveLength(117)
    expect(() =>
      selectSplits(dataset, completeExperiment({ ...settings, trainImages: 118 }, 120), marks),
    ).toThrow('trainImages')
  })

  it('train on corrected labels, and measure by those of the data', () => {
    const settings = { dataset: 'dots', validationImages: 20, correctedLabels: true }
    const { train, validation, test } = selectSplits(dataset, completeExperiment(settings, 120), marks)
    expect([train.source.labels[2], dataset.train.labels[2]]).toEqual([1, 0])
    expect([validation?.source, test.source]).toEqual([dataset.train, dataset.test])
  })

  it('are what they were without marks where an experiment uses none, to the last index', () => {
    const experiment = completeExperiment({ dataset: 'dots', validationImages: 20 }, 120)
    expect(selectSplits(dataset, experiment, marks)).toEqual(selectSplits(dataset, experiment, null))
  })
})
