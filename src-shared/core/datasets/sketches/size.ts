// The size of a picture, Fashion-MNIST's.

export const SIDE = 28
export const PIXELS = SIDE * SIDE
