// What a judge is fitted on, of a dataset that comes sorted by class, with more images held out than are looked at.
import { expect, it } from 'vitest'
import { chooseImages } from '#shared/core/photo/judge/fit-judge.ts'
import { selectAll, type Selection } from '#shared/core/training/batches.ts'

const CLASSES = 10

function drawSorted(count: number): Selection {
  const labels = Uint8Array.from({ length: count }, (_, image) => Math.floor((image * CLASSES) / count))
  return selectAll({ count, pixels: new Uint8Array(count), labels })
}

const countClasses = ({ source, indices }: Selection): number[] => {
  const counts = new Array<number>(CLASSES).fill(0)
  for (const index of indices)
    counts[source.labels[index] ?? 0] = (counts[source.labels[index] ?? 0] ?? 0) + 1
  return counts
}

it('is all classes alike of the images that were held out', () => {
  const train = drawSorted(100)
  const { held, references } = chooseImages({ train, validation: drawSorted(5000) })
  expect(countClasses(held)).toEqual(new Array(CLASSES).fill(200))
  expect(references).toBe(train)
})

it('is all classes alike of the training images where none were held out, and none that it is compared with', () => {
  const { held, references } = chooseImages({ train: drawSorted(60_000), validation: null })
  expect(countClasses(held)).toEqual(new Array(CLASSES).fill(200))
  expect(references.indices).toHaveLength(55_000)
  const known = new Set(references.indices)
  expect(held.indices.filter((index) => known.has(index))).toHaveLength(0)
})
