// Convolution and pooling with their gradients, by their definitions, in double precision: what every engine's are
// compared with. All arrays are row-major, images [batch, height, width, channels].
import { Random } from '#shared/core/random.ts'

export interface Convolution {
  readonly batch: number
  readonly height: number
  readonly width: number
  readonly inputs: number
  readonly outputs: number
  readonly rows: number
  readonly columns: number
  readonly stride: number
  readonly padding: 'same' | 'valid' | number
}

interface Side {
  readonly places: number
  /** Zeros before the image. */
  readonly before: number
}

/** How many places a window has along one side, by TensorFlow's rules. */
function measureSide(length: number, window: number, stride: number, padding: Convolution['padding']): Side {
  if (padding === 'same') {
    const places = Math.ceil(length / stride)
    const zeros = Math.max((places - 1) * stride + window - length, 0)
    return { places, before: Math.floor(zeros / 2) }
  }
  const before = padding === 'valid' ? 0 : padding
  return { places: Math.floor((length + 2 * before - window) / stride) + 1, before }
}

export function sizeOutput(convolution: Convolution): [number, number, number, number] {
  const { batch, height, width, rows, columns, stride, padding, outputs } = convolution
  const vertical = measureSide(height, rows, stride, padding)
  const horizontal = measureSide(width, columns, stride, padding)
  return [batch, vertical.places, horizontal.places, outputs]
}

/** The products that a convolution adds up: places in images, filter and output. */
function* listProducts(
  convolution: Convolution,
): Generator<readonly [image: number, filter: number, output: number]> {
  const { height, width, inputs, outputs, rows, columns, stride, padding } = convolution
  const [batch, outHeight, outWidth] = sizeOutput(convolution)
  const top = measureSide(height, rows, stride, padding).before
  const left = measureSide(width, columns, stride, padding).before
  for (let n = 0; n < batch; n++)
    for (let p = 0; p < outHeight; p++)
      for (let q = 0; q < outWidth; q++)
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++) {
            const y = p * stride + r - top
            const x = q * stride + c - left
            if (y < 0 || y >= height || x < 0 || x >= width) continue
            for (let i = 0; i < inputs; i++)
              for (let o = 0; o < outputs; o++)
                yield [
                  ((n * height + y) * width + x) * inputs + i,
                  ((r * columns + c) * inputs + i) * outputs + o,
                  ((n * outHeight + p) * outWidth + q) * outputs + o,
                ]
          }
}

/** Forward values, and the gradients of sum(values * upstream) for images, filter and bias. */
export function convolve(
  convolution: Convolution,
  images: Float32Array,
  filter: Float32Array,
  bias: Float32Array,
  upstream: Float32Array,
) {
  const values = Float64Array.from(upstream, (_, index) => at(bias, index % convolution.outputs))
  const ofImages = new Float64Array(images.length)
  const ofFilter = new Float64Array(filter.length)
  const ofBias = new Float64Array(bias.length)
  for (const [image, weight, output] of listProducts(convolution)) {
    values[output] = at(values, output) + at(images, image) * at(filter, weight)
    ofImages[image] = at(ofImages, image) + at(upstream, output) * at(filter, weight)
    ofFilter[weight] = at(ofFilter, weight) + at(upstream, output) * at(images, image)
  }
  upstream.forEach((value, index) => {
    const output = index % convolution.outputs
    ofBias[output] = at(ofBias, output) + value
  })
  return { values, ofImages, ofFilter, ofBias }
}

/** Pooling over windows that do not overlap, and the gradient of sum(values * upstream) for the images. */
export function pool(
  pooling: 'max' | 'average',
  [batch, height, width, channels]: readonly [number, number, number, number],
  size: number,
  images: Float32Array,
  upstream: Float32Array,
) {
  const [outHeight, outWidth] = [Math.floor(height / size), Math.floor(width / size)]
  const values = new Float64Array(batch * outHeight * outWidth * channels)
  const ofImages = new Float64Array(images.length)
  values.forEach((_, output) => {
    const channel = output % channels
    const column = Math.floor(output / channels) % outWidth
    const row = Math.floor(output / channels / outWidth) % outHeight
    const n = Math.floor(output / channels / outWidth / outHeight)
    const window = Array.from({ length: size * size }, (_, place) => {
      const y = row * size + Math.floor(place / size)
      const x = column * size + (place % size)
      return ((n * height + y) * width + x) * channels + channel
    })
    const found = window.map((place) => at(images, place))
    const largest = Math.max(...found)
    values[output] =
      pooling === 'max' ? largest : found.reduce((sum, value) => sum + value, 0) / window.length
    window.forEach((place, index) => {
      const share = pooling === 'average' ? 1 / window.length : Number(index === found.indexOf(largest))
      ofImages[place] = share * at(upstream, output)
    })
  })
  return { values, ofImages }
}

/** Numbers between -1 and 1, always the same for a seed. */
export function drawNumbers(count: number, seed: number): Float32Array {
  const random = new Random(seed)
  return Float32Array.from({ length: count }, () => random.uniform(-1, 1))
}

/** The largest difference of two arrays, as a share of the largest value; infinite where they differ in length. */
export function compare(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Infinity
  const reference = Array.from(expected)
  const largest = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
  return reference.reduce((most, value, index) => {
    const difference = Math.abs((found[index] ?? Number.NaN) - value) / largest
    return Number.isNaN(difference) ? Infinity : Math.max(most, difference)
  }, 0)
}

function at(values: Float32Array | Float64Array, index: number): number {
  return values[index] ?? Number.NaN
}
