import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { FASHION_CLASS_NAMES } from '#shared/core/datasets/dataset.ts'
import { generateSketches } from '#shared/core/datasets/sketches.ts'
import { chooseAugmentation } from '#shared/core/training/augmentation/augment.ts'
import { findPaired, standUp } from '#shared/core/training/augmentation/pair.ts'
import { Random } from '#shared/core/random.ts'
import { encodeSafetensors } from '#shared/core/safetensors.ts'
import type { TrainingState } from '#shared/core/training/training-state.ts'
import { buildSmallTask, collectEvents, takeEpochs } from './small-task.ts'

const TASK = { height: 28, width: 28, channels: 1, classes: 10 }
const COUNT = 60

/** The first images of the sketches, 0..1, and their labels. */
function loadImages() {
  const { pixels, labels } = generateSketches().train
  return {
    values: Float32Array.from(pixels.subarray(0, COUNT * 784), (byte) => byte / 255),
    labels: Int32Array.from(labels.subarray(0, COUNT)),
  }
}

const IMAGES = loadImages()
const NUMBERS = Int32Array.from({ length: COUNT }, (_, i) => i)

function augment(
  seed: number,
  epoch: number,
  batch: number,
  classNames: readonly string[] = FASHION_CLASS_NAMES,
  photos = 0,
) {
  const values = IMAGES.values.slice()
  const change = chooseAugmentation({ augmentation: 'photo', seed }, TASK, classNames, photos)
  change?.(values, IMAGES.labels, NUMBERS, epoch, batch)
  return values
}

const bytesOf = ({ parameters, slots }: TrainingState) =>
  Buffer.from(encodeSafetensors({ metadata: {}, tensors: [...parameters, ...slots] })).toString('base64')

beforeAll(() => startEngine('wasm'))

describe('augmentation', () => {
  it('is none where none is asked for', () => {
    expect(chooseAugmentation({ augmentation: 'none', seed: 1 }, TASK, [])).toBeNull()
  })

  it('follows from seed, epoch and batch alone', () => {
    expect(augment(1, 2, 3)).toEqual(augment(1, 2, 3))
    const others = [augment(2, 2, 3), augment(1, 3, 3), augment(1, 2, 4), augment(1, 3, 2)]
    for (const other of others) expect(other).not.toEqual(augment(1, 2, 3))
  })

  it('does not depend on what was augmented before', () => {
    const change = chooseAugmentation({ augmentation: 'photo', seed: 1 }, TASK, FASHION_CLASS_NAMES)
    change?.(IMAGES.values.slice(), IMAGES.labels, NUMBERS, 7, 7)
    const values = IMAGES.values.slice()
    change?.(values, IMAGES.labels, NUMBERS, 2, 3)
    expect(values).toEqual(augment(1, 2, 3))
  })

  it('gives images: values in 0..1, about as much garment as before, and most of the rest empty', () => {
    const values = augment(5, 1, 1)
    expect([Math.min(...values) >= 0, Math.max(...values) <= 1]).toEqual([true, true])
    const covered = (of: Float32Array) => of.filter((value) => value > 0.04).length / of.length
    expect(covered(values) / covered(IMAGES.values)).toBeGreaterThan(0.6)
    expect(covered(values) / covered(IMAGES.values)).toBeLessThan(1.3)
  })

  it('leaves things in photos as they lie, and stands up those in the images beside them', () => {
    const photos = 20
    const [all, none, some] = [COUNT, 0, photos].map((count) => augment(1, 1, 1, FASHION_CLASS_NAMES, count))
    expect(all).toEqual(augment(1, 1, 1, []))
    expect(none).not.toEqual(all)
    expect(some?.subarray(0, photos * 784)).toEqual(all?.subarray(0, photos * 784))
    expect(some?.subarray(photos * 784)).not.toEqual(all?.subarray(photos * 784))
  })

  it('stands lying shoes on end in about three of ten images, and leaves most as they are', () => {
    expect(findPaired(['Coat', 'Sandal', 'Ankle boot', 'Bag'])).toEqual(Uint8Array.from([0, 1, 1, 0]))
    const lying = Float32Array.from({ length: 784 }, (_, i) => {
      const isShoe = i % 28 > 1 && i % 28 < 26 && i > 12 * 28 && i < 20 * 28
      return isShoe ? 0.6 : 0
    })
    const random = new Random(1)
    const changed = Array.from({ length: 300 }, () => {
      const image = lying.slice()
      standUp(image, 28, 28, random)
      return image
    })
    const heightOf = (image: Float32Array) =>
      new Set(
        image
          .keys()
          .filter((i) => (image[i] ?? 0) > 0)
          .map((i) => Math.floor(i / 28)),
      ).size
    const standing = changed.filter((image) => heightOf(image) > 20).length / changed.length
    expect([standing > 0.2, standing < 0.4]).toEqual([true, true])
    expect(changed.filter((image) => heightOf(image) === heightOf(lying)).length).toBeGreaterThan(150)
  })
})

describe('a training with augmentation', () => {
  it('is another one than without, and resumed after any epoch the same to the byte', async () => {
    const change = { epochs: 3, augmentation: 'photo' } as const
    const epochs = takeEpochs(await collectEvents(buildSmallTask(change)))
    const whole = epochs.map(({ state }) => bytesOf(state))
    const [plain] = takeEpochs(await collectEvents(buildSmallTask({ epochs: 3 })))
    expect(plain && bytesOf(plain.state)).not.toBe(whole[0])
    for (const { state } of epochs.slice(0, -1)) {
      const rest = takeEpochs(
        await collectEvents(buildSmallTask(change, { resumeFrom: structuredClone(state) })),
      )
      expect(rest.map((event) => bytesOf(event.state))).toEqual(whole.slice(state.epoch))
    }
  })
})
