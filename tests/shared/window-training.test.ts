import { expect, it } from 'vitest'
import { mixPhotos } from '#shared/core/photo/adaptation/mix-photos.ts'
import { generateSketches } from '#shared/core/datasets/sketches.ts'
import { selectAll } from '#shared/core/training/batches.ts'
import { parseExperiment } from '#shared/experiment.ts'
import { windowTaskSchema, type WindowTask } from '#shared/window-training.ts'

it('the training of an adaptation arrives in the window whole, its photos told from what is remembered', () => {
  const { test, classNames } = generateSketches()
  const remembered = { ...selectAll(test), indices: Uint32Array.of(3, 5, 8) }
  const photos = { inputs: test.pixels.slice(0, 2 * 784), labels: test.labels.slice(0, 2) }
  const task: WindowTask = {
    experiment: parseExperiment({ dataset: 'sketches', validationImages: 0 }),
    task: { height: 28, width: 28, channels: 1, classes: 10 },
    train: mixPhotos(remembered, photos),
    ...{ validation: null, test: remembered, classNames: [...classNames] },
    ...{ startFrom: null, resumeFrom: null, elapsedMs: 0 },
  }
  expect(windowTaskSchema.parse(task)).toEqual(task)
  expect(windowTaskSchema.parse(task).train.photos).toBe(2)
})
