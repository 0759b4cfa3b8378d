// The gradient of max pooling for the wasm backend, whose own looks for a largest value above zero and so gives none
// to a window of negative values. Of equal values the first gets it all, as in PyTorch.
import * as tf from '@tensorflow/tfjs'

type KernelRun = Parameters<tf.KernelFunc>[0]
type Pooling = ReturnType<typeof tf.backend_util.computePool2DInfo>

interface PoolingAttributes {
  readonly filterSize: [number, number] | number
  readonly strides: [number, number] | number
  readonly pad: Parameters<typeof tf.backend_util.computePool2DInfo>[4]
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/** Registers MaxPoolGrad for a backend, in place of its own. */
export function registerMaxPoolingGradient(backendName: string): void {
  tf.unregisterKernel(tf.MaxPoolGrad, backendName)
  tf.registerKernel({ kernelName: tf.MaxPoolGrad, backendName, kernelFunc: differentiateMaxPooling })
}

function differentiateMaxPooling({ inputs, attrs }: KernelRun): tf.TensorInfo {
  const { dy, input } = inputs as { dy: tf.Tensor4D; input: tf.Tensor4D }
  const { filterSize, strides, pad, dimRoundingMode } = attrs as tf.NamedAttrMap & PoolingAttributes
  const pooling = tf.backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad, dimRoundingMode)
  const gradient = passToLargest(pooling, input.dataSync<'float32'>(), dy.dataSync<'float32'>())
  return tf.tensor4d(gradient, input.shape)
}

/** Each value of `upstream` goes to the place of the largest value in its window. */
function passToLargest(pooling: Pooling, images: Float32Array, upstream: Float32Array): Float32Array {
  const { batchSize, outHeight, outWidth, inChannels } = pooling
  const gradient = new Float32Array(images.length)
  let output = 0
  for (let image = 0; image < batchSize; image++)
    for (let row = 0; row < outHeight; row++)
      for (let column = 0; column < outWidth; column++)
        for (let channel = 0; channel < inChannels; channel++) {
          const place = findLargest(pooling, images, image, row, column, channel)
          gradient[place] = (gradient[place] ?? 0) + (upstream[output++] ?? 0)
        }
  return gradient
}

function findLargest(
  pooling: Pooling,
  images: Float32Array,
  image: number,
  row: number,
  column: number,
  channel: number,
): number {
  const { inHeight, inWidth, inChannels, filterHeight, filterWidth, strideHeight, strideWidth, padInfo } =
    pooling
  const top = row * strideHeight - padInfo.top
  const left = column * strideWidth - padInfo.left
  const bottom = Math.min(top + filterHeight, inHeight)
  const right = Math.min(left + filterWidth, inWidth)
  let largest = -1
  for (let y = Math.max(top, 0); y < bottom; y++)
    for (let x = Math.max(left, 0); x < right; x++) {
      const place = ((image * inHeight + y) * inWidth + x) * inChannels + channel
      if (largest < 0 || (images[place] ?? 0) > (images[largest] ?? 0)) largest = place
    }
  return largest
}
