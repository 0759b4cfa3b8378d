// A network as it is shown: what goes in, then every layer that changes it, with shapes and sizes. Nothing is trained
// and no tensor is made.
import { asWritten } from './value-list.ts'
import { buildNetwork, type SizedLayer } from './core/models/network.ts'
import { taskFor, type Layer, type Shape } from './core/models/layers.ts'
import type { ModelSettings } from './experiment.ts'
import type { SweepDataset } from './field-texts.ts'

export interface NetworkStage {
  readonly name: string
  /** Such as 'conv 3' or 'pool 2'. */
  readonly label: string
  /** All of it in words. */
  readonly description: string
  /** [height, width, channels] or [units] that come out. */
  readonly shape: Shape
  readonly parameters: number
  readonly multiplyAdds: number
}

export interface NetworkSummary {
  /** [height, width, channels] of an image. */
  readonly input: Shape
  readonly stages: readonly NetworkStage[]
  readonly parameters: number
  readonly multiplyAdds: number
  readonly classes: number
}

/** @throws Failure 'invalid-setting' for settings that make no network */
export function summarizeNetwork(
  model: ModelSettings,
  { height, width, channels, classes }: Pick<SweepDataset, 'height' | 'width' | 'channels' | 'classes'>,
): NetworkSummary {
  const network = buildNetwork(model, taskFor({ height, width, channels }, classes))
  return {
    input: [height, width, channels],
    stages: network.layers.map(describeStage),
    parameters: network.parameterCount,
    multiplyAdds: network.multiplyAdds,
    classes,
  }
}

function describeStage({ layer, output, parameterCount, multiplyAdds }: SizedLayer): NetworkStage {
  const { label, description } = describeLayer(layer)
  return { name: layer.name, label, description, shape: output, parameters: parameterCount, multiplyAdds }
}

function describeLayer(layer: Layer): { label: string; description: string } {
  switch (layer.kind) {
    case 'convolution': {
      const { kernelSize: side, filters, stride, padding, activation } = layer
      const step = stride === 1 ? '' : `, stride ${stride}`
      const edge = padding === 0 ? ', no padding' : `, padding ${padding}`
      const description = `${filters} filters of ${side} × ${side}${step}${edge}${follow(activation)}`
      return { label: stride === 1 ? `conv ${side}` : `conv ${side}/${stride}`, description }
    }
    case 'pooling':
      return {
        label: `${layer.pooling === 'max' ? 'max' : 'mean'} ${layer.size}`,
        description: `${layer.pooling} of each ${layer.size} × ${layer.size} window`,
      }
    case 'flatten':
      return { label: 'flatten', description: 'all values in one row' }
    case 'dropout':
      return {
        label: `drop ${layer.rate}`,
        description: `${asWritten(layer.rate * 100)} % set to zero while training`,
      }
    case 'dense':
      return {
        label: 'dense',
        description: `${layer.units} units, fully connected${follow(layer.activation)}`,
      }
    default:
      return layer satisfies never
  }
}

function follow(activation: string | null): string {
  return activation === null ? '' : `, then ${activation}`
}
