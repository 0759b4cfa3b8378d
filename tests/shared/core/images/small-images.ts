// A handful of images whose every value can be reckoned in the head: image n has 2 x 2 pixels of the tone 10 n, and the
// class n % 3. Six of them train, four test.
import { joinImages, type JoinedImages } from '#shared/core/images/joined-images.ts'

export const CLASS_NAMES = ['Hat', 'Sock', 'Glove']

export function smallImages(trainCount = 6, testCount = 4): JoinedImages {
  const draw = (first: number, count: number) => ({
    count,
    labels: Uint8Array.from({ length: count }, (_, index) => (first + index) % 3),
    pixels: Uint8Array.from({ length: count * 4 }, (_, at) => (10 * (first + Math.floor(at / 4))) % 256),
  })
  const [train, test] = [draw(0, trainCount), draw(trainCount, testCount)]
  return joinImages({ height: 2, width: 2, channels: 1, classNames: CLASS_NAMES, train, test })
}

/** What a run answered on the four test images 6 to 9, whose classes are 0, 1, 2, 0: two right, two wrong. */
export const ANSWERS = {
  labels: Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 2, 2, 1]),
  probabilities: Float32Array.from([NaN, NaN, NaN, NaN, NaN, NaN, 0.9, 0.6, 0.5, 0.99]),
}
