// A model in TensorFlow.js's layers format: `model.json` with Keras's description of the layers, and `weights.bin`, which
// `tf.loadLayersModel` opens. Images [batch, height, width, channels] in, logits out.
// Format: tfjs-layers, io.ModelJSON; Keras's serialised Sequential.
import type { ActivationName } from '#shared/experiment.ts'
import { type ConvolutionLayer, LEAKY_SLOPE } from '#shared/core/models/layers.ts'
import type { SizedLayer } from '#shared/core/models/network.ts'
import { encodeFloats } from '../store/number-columns.ts'
import { type ExportedFile, type ExportedModel, describeModel, takeParameter } from './exported-model.ts'

const WEIGHTS_FILE = 'weights.bin'

interface KerasLayer {
  readonly class_name: string
  readonly config: Readonly<Record<string, unknown>>
}

const KERAS_ACTIVATIONS: Readonly<Record<Exclude<ActivationName, 'leaky-relu'>, string>> = {
  relu: 'relu',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
}

export function writeTfjsModel(model: ExportedModel): readonly ExportedFile[] {
  const weights = listWeights(model)
  const topology = {
    format: 'layers-model',
    generatedBy: `Atelier ${model.version}`,
    convertedBy: null,
    modelTopology: {
      class_name: 'Sequential',
      config: { name: 'atelier', layers: describeLayers(model) },
      keras_version: '2.15.0',
      backend: 'tensorflow',
    },
    weightsManifest: [
      {
        paths: [WEIGHTS_FILE],
        weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
    userDefinedMetadata: describeModel(model, 'batch, height, width, channels'),
  }
  return [
    { name: 'model.json', bytes: new TextEncoder().encode(`${JSON.stringify(topology, null, 2)}\n`) },
    { name: WEIGHTS_FILE, bytes: Buffer.concat(weights.map(({ values }) => encodeFloats(values))) },
  ]
}

/** Keras calls a layer's two weights kernel and bias. */
function listWeights(model: ExportedModel) {
  return model.network.layers.flatMap(({ layer, parameters }) =>
    parameters.map(({ name, shape }, index) => ({
      name: `${layer.name}/${index === 0 ? 'kernel' : 'bias'}`,
      shape,
      values: takeParameter(model, name),
    })),
  )
}

function describeLayers({ network }: ExportedModel): readonly KerasLayer[] {
  const { height, width, channels } = network.task
  const [first, ...others] = network.layers.flatMap(toKeras)
  if (first === undefined) return []
  const config = { ...first.config, batch_input_shape: [null, height, width, channels] }
  return [{ ...first, config }, ...others]
}

function toKeras({ layer }: SizedLayer): readonly KerasLayer[] {
  const { name } = layer
  switch (layer.kind) {
    case 'convolution':
      return [...paddingBefore(layer), describeConvolution(layer), ...leakyAfter(name, layer.activation)]
    case 'pooling': {
      const window = [layer.size, layer.size]
      const config = {
        name,
        pool_size: window,
        strides: window,
        padding: 'valid',
        data_format: 'channels_last',
      }
      return [{ class_name: layer.pooling === 'max' ? 'MaxPooling2D' : 'AveragePooling2D', config }]
    }
    case 'flatten':
      return [{ class_name: 'Flatten', config: { name } }]
    case 'dropout':
      return [{ class_name: 'Dropout', config: { name, rate: layer.rate } }]
    case 'dense': {
      const config = { name, units: layer.units, activation: activationOf(layer.activation), use_bias: true }
      return [{ class_name: 'Dense', config }, ...leakyAfter(name, layer.activation)]
    }
    default:
      return layer satisfies never
  }
}

/** Keras's 'same' pads unevenly where the stride is not 1; zeros of our own are the same for every stride. */
function paddingBefore({ name, padding }: ConvolutionLayer): readonly KerasLayer[] {
  if (padding === 0) return []
  const around = [padding, padding]
  const config = { name: `${name}_padding`, padding: [around, around], data_format: 'channels_last' }
  return [{ class_name: 'ZeroPadding2D', config }]
}

function describeConvolution({
  name,
  filters,
  kernelSize,
  stride,
  activation,
}: ConvolutionLayer): KerasLayer {
  return {
    class_name: 'Conv2D',
    config: {
      name,
      filters,
      kernel_size: [kernelSize, kernelSize],
      strides: [stride, stride],
      padding: 'valid',
      data_format: 'channels_last',
      dilation_rate: [1, 1],
      activation: activationOf(activation),
      use_bias: true,
    },
  }
}

function activationOf(activation: ActivationName | null): string {
  return activation === null || activation === 'leaky-relu' ? 'linear' : KERAS_ACTIVATIONS[activation]
}

/** Keras has no leaky activation by name, but a layer. */
function leakyAfter(name: string, activation: ActivationName | null): readonly KerasLayer[] {
  if (activation !== 'leaky-relu') return []
  return [{ class_name: 'LeakyReLU', config: { name: `${name}_activation`, alpha: LEAKY_SLOPE } }]
}
