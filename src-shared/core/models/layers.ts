// What a network is made of, as plain data: the same description is shown, counted, trained and exported.
import type { ActivationName } from '../../experiment.ts'

/** PyTorch's negative slope of LeakyReLU. */
export const LEAKY_SLOPE = 0.01

/** Square convolution over [height, width, channels] with zero padding on all four sides. */
export interface ConvolutionLayer {
  readonly kind: 'convolution'
  readonly name: string
  readonly filters: number
  readonly kernelSize: number
  readonly stride: number
  /** Rows and columns of zeros on each side. */
  readonly padding: number
  readonly activation: ActivationName | null
}

/** Pooling over windows of `size` x `size` that do not overlap; what does not fill a window is left out. */
export interface PoolingLayer {
  readonly kind: 'pooling'
  readonly name: string
  readonly pooling: 'max' | 'average'
  readonly size: number
}

/** [height, width, channels] to one vector, in that order. */
export interface FlattenLayer {
  readonly kind: 'flatten'
  readonly name: string
}

/** Sets a share of the values to zero while training and scales the others by 1 / (1 - rate). */
export interface DropoutLayer {
  readonly kind: 'dropout'
  readonly name: string
  readonly rate: number
}

/** Fully connected: what PyTorch calls Linear. */
export interface DenseLayer {
  readonly kind: 'dense'
  readonly name: string
  readonly units: number
  readonly activation: ActivationName | null
}

export type Layer = ConvolutionLayer | PoolingLayer | FlattenLayer | DropoutLayer | DenseLayer

/** Sizes without the batch: [height, width, channels] or [units]. */
export type Shape = readonly number[]

/** The images that a network takes and the classes that it tells apart. */
export interface NetworkTask {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly classes: number
}

/** The form of a dataset's images. */
export type ImageForm = Pick<NetworkTask, 'height' | 'width' | 'channels'>

/** What a network is to do with images of this form. */
export function taskFor({ height, width, channels }: ImageForm, classes: number): NetworkTask {
  return { height, width, channels, classes }
}
