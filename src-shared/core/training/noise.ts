// Images of noise, for measuring engines: their values change nothing of the time.
import type { LabelledImages } from '../datasets/dataset.ts'
import type { NetworkTask } from '../models/layers.ts'
import { Random } from '../random.ts'

/** `count` images of the size of the task, always the same, labelled in turn. */
export function drawNoise({ height, width, channels, classes }: NetworkTask, count: number): LabelledImages {
  const random = new Random(0)
  return {
    count,
    pixels: Uint8Array.from({ length: count * height * width * channels }, () => random.below(256)),
    labels: Uint8Array.from({ length: count }, (_, index) => index % classes),
  }
}
