// The two gradients of a convolution, written as convolutions: the wasm backend has none for the filter and only a
// slow one for the input, while its forward convolution is quick. Works for any backend with Conv2D. The engine hands
// its tensors themselves to a kernel, so that they can be used with TensorFlow.js's API.
import * as tf from '@tensorflow/tfjs'

type KernelRun = Parameters<tf.KernelFunc>[0]
type Convolution = ReturnType<typeof tf.backend_util.computeConv2DInfo>

interface GradientAttributes {
  readonly strides: [number, number] | number
  readonly pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4]
  readonly dataFormat: 'NHWC' | 'NCHW'
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/**
 * Registers Conv2DBackpropFilter and Conv2DBackpropInput for a backend. The backend's own input gradient goes on
 * serving strides above 1.
 */
export function registerConvolutionGradients(backendName: string): void {
  const own = tf.getKernel(tf.Conv2DBackpropInput, backendName)
  tf.unregisterKernel(tf.Conv2DBackpropInput, backendName)
  tf.registerKernel({ ...own, kernelFunc: (run) => differentiateInput(run, own.kernelFunc) }) // with its setup
  tf.registerKernel({ kernelName: tf.Conv2DBackpropFilter, backendName, kernelFunc: differentiateFilter })
}

/**
 * dW[r, c, i, o] = sum over batch and places of x[n, p s + r, q s + c, i] dy[n, p, q, o]: a convolution in which
 * input channels are the batch, the batch is the channels, dy is the filter and the stride is its dilation.
 */
function differentiateFilter({ inputs, attrs }: KernelRun): tf.TensorInfo {
  const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D }
  const { filterShape, ...rest } = attrs as unknown as GradientAttributes & {
    filterShape: [number, number, number, number]
  }
  const convolution = describe(x.shape, filterShape, rest)
  return tf.tidy(() => {
    const images = tf.transpose(padImages(x, convolution), [3, 1, 2, 0]) // [in, h, w, batch]
    const filter = tf.transpose(dy, [1, 2, 0, 3]) // [outH, outW, batch, out]
    const dilation: [number, number] = [convolution.strideHeight, convolution.strideWidth]
    const sums = tf.conv2d(images, filter, 1, 'valid', 'NHWC', dilation)
    const [rows, columns, ins, outs] = filterShape
    const cropped = tf.slice(sums, [0, 0, 0, 0], [ins, rows, columns, outs])
    return tf.transpose(cropped, [1, 2, 0, 3]) // [rows, columns, in, out]
  })
}

/** dx = dy, with k - 1 - padding zeros around it, convolved with the filter turned by half and its channels swapped. */
function differentiateInput(
  run: KernelRun,
  ownInputGradient: tf.KernelFunc,
): tf.TensorInfo | tf.TensorInfo[] {
  const { dy, filter } = run.inputs as { dy: tf.Tensor4D; filter: tf.Tensor4D }
  const { inputShape, ...rest } = run.attrs as unknown as GradientAttributes & {
    inputShape: [number, number, number, number]
  }
  const convolution = describe(inputShape, filter.shape, rest)
  const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = convolution
  const around = [
    [filterHeight - 1 - padInfo.top, filterHeight - 1 - padInfo.bottom],
    [filterWidth - 1 - padInfo.left, filterWidth - 1 - padInfo.right],
  ] as [[number, number], [number, number]]
  if (strideHeight !== 1 || strideWidth !== 1 || around.flat().some((zeros) => zeros < 0)) {
    return ownInputGradient(run)
  }
  return tf.tidy(() => {
    const padded = tf.pad(dy, [[0, 0], ...around, [0, 0]])
    const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2])
    return tf.conv2d(padded, turned, 1, 'valid')
  })
}

function describe(
  inputShape: [number, number, number, number],
  filterShape: [number, number, number, number],
  { strides, pad, dataFormat, dimRoundingMode }: GradientAttributes,
): Convolution {
  const format = tf.backend_util.convertConv2DDataFormat(dataFormat)
  if (format !== 'channelsLast')
    throw new Error(`convolution gradients are written for NHWC, not ${dataFormat}`)
  return tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    format,
  )
}

/** Explicit zeros, since numeric paddings of the backend are only right for square kernels. */
function padImages(images: tf.Tensor4D, { padInfo }: Convolution): tf.Tensor4D {
  const { top, bottom, left, right } = padInfo
  return tf.pad(images, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ])
}
