// TinyVGG as the notebook builds it (its V2), after CNN Explainer (Wang et al. 2020): blocks of
// convolution, activation, convolution, activation, pooling; then one linear classifier.
import { Failure } from '../../failure.ts'
import type { TinyVggSettings } from '../../experiment.ts'
import type { Layer, NetworkTask } from './layers.ts'

const POOL_SIZE = 2

/** @throws Failure 'invalid-setting' for an even kernel with padding `same`, which has no middle */
export function buildTinyVgg(settings: TinyVggSettings, task: NetworkTask): readonly Layer[] {
  const blocks = Array.from({ length: settings.blocks }, (_, index) => buildBlock(settings, index + 1))
  const dropout: Layer[] =
    settings.dropout > 0 ? [{ kind: 'dropout', name: 'dropout', rate: settings.dropout }] : []
  return [
    ...blocks.flat(),
    { kind: 'flatten', name: 'flatten' },
    ...dropout,
    { kind: 'dense', name: 'classifier', units: task.classes, activation: null },
  ]
}

function buildBlock(settings: TinyVggSettings, block: number): readonly Layer[] {
  const convolution = (position: number): Layer => ({
    kind: 'convolution',
    name: `conv_${block}_${position}`,
    filters: settings.channels,
    kernelSize: settings.kernelSize,
    stride: settings.stride,
    padding: paddingWidth(settings),
    activation: settings.activation,
  })
  return [
    convolution(1),
    convolution(2),
    { kind: 'pooling', name: `pool_${block}`, pooling: settings.pooling, size: POOL_SIZE },
  ]
}

function paddingWidth({ padding, kernelSize }: TinyVggSettings): number {
  if (padding === 'valid') return 0
  if (kernelSize % 2 === 0) {
    throw new Failure(
      'invalid-setting',
      `A kernel of ${kernelSize} x ${kernelSize} has no middle, so padding 'same' cannot keep the image's size. ` +
        `Use an odd kernel size or padding 'valid'.`,
    )
  }
  return (kernelSize - 1) / 2
}
