// A dataset in memory: images of one size, grey or in colours, with labels, in a training and a test split.

/** 1 for grey, 3 for red, green and blue. */
export type Channels = 1 | 3

/** Images and their labels; pixel bytes lie image after image, row after row, the colours of a pixel side by side. */
export interface LabelledImages {
  readonly count: number
  /** `count * height * width * channels` bytes; of grey images 0 = background, 255 = ink. */
  readonly pixels: Uint8Array
  /** `count` class numbers. */
  readonly labels: Uint8Array
}

export interface Dataset {
  /** How people and flags name it: 'fashion-mnist', 'sketches'. */
  readonly id: string
  /** For people: 'Fashion-MNIST'. */
  readonly name: string
  /** True for images that a program drew; they are always labelled as such. */
  readonly generated: boolean
  readonly classNames: readonly string[]
  readonly height: number
  readonly width: number
  readonly channels: Channels
  readonly train: LabelledImages
  readonly test: LabelledImages
}

/** The ten classes of Fashion-MNIST, in the order of its labels. */
export const FASHION_CLASS_NAMES = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
] as const
