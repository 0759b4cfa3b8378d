// A dataset in memory: grey images of one size with labels, in a training and a test split.

/** Images and their labels; pixel bytes lie image after image, row after row. */
export interface LabelledImages {
  readonly count: number
  /** `count * height * width` bytes, 0 = background, 255 = ink. */
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
