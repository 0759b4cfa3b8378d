// The gradient of a convolution's filter and bias from one image, added to what earlier images left: an outer product of
// taps and vectors of output channels (three by three, four by two, eight by one), summed over all pixels in registers.
// Where most of the gradient is nothing: filter-gradient-of-entries.ts.
import { loadVector, loadSplat, multiplyAdd, parameter } from './lanes'

/**
 * filter[row][tap][channel] += sum over pixels of input * outputGradient, and bias[channel] += sum of outputGradient.
 * Parameters: 0 height and 1 width of the output gradient in pixels, 2 bytes from one input row to the next, 3 and 4
 * bytes the input moves per output row and pixel, 5 rows of the filter, 6 taps of a row, 7 output channels, 8 and 9
 * bytes the output gradient moves per row and pixel, 10 channels of a filter row in memory (a multiple of four).
 */
export function addFilterGradient(
  input: usize,
  gradient: usize,
  filter: usize,
  bias: usize,
  parameters: usize,
): void {
  const rows = parameter(parameters, 5)
  const taps = parameter(parameters, 6)
  const channels = parameter(parameters, 7)
  const inputRow = <usize>parameter(parameters, 2)
  const filterTap = (<usize>parameter(parameters, 10)) << 2
  for (let channel = 0; channel < channels;) {
    const offset = (<usize>channel) << 2
    const vectors = min((channels - channel + 3) >> 2, 3)
    const together = vectors == 3 ? 3 : vectors == 2 ? 4 : 8
    for (let row = 0; row < rows; row++) {
      const rowInput = input + <usize>row * inputRow
      let to = filter + offset + <usize>(row * taps) * filterTap
      let tap = 0
      for (; tap + together <= taps; tap += together) {
        const from = rowInput + ((<usize>tap) << 2)
        if (vectors == 3) addThreeTaps(from, gradient + offset, to, filterTap, parameters)
        else if (vectors == 2) addFourTaps(from, gradient + offset, to, filterTap, parameters)
        else addEightTaps(from, gradient + offset, to, filterTap, parameters)
        to += <usize>together * filterTap
      }
      for (; tap < taps; tap++) {
        addOneTap(rowInput + ((<usize>tap) << 2), gradient + offset, to, vectors, parameters)
        to += filterTap
      }
    }
    addBiasGradient(gradient + offset, bias + offset, vectors, parameters)
    channel += vectors << 2
  }
}

function addThreeTaps(
  input: usize,
  gradient: usize,
  filter: usize,
  filterTap: usize,
  parameters: usize,
): void {
  const height = parameter(parameters, 0)
  const width = parameter(parameters, 1)
  const stepRow = <usize>parameter(parameters, 3)
  const stepPixel = <usize>parameter(parameters, 4)
  const gradientRow = <usize>parameter(parameters, 8)
  const gradientPixel = <usize>parameter(parameters, 9)
  const filterB = filter + filterTap
  const filterC = filterB + filterTap
  let a0 = loadVector(filter)
  let a1 = loadVector(filter, 16)
  let a2 = loadVector(filter, 32)
  let b0 = loadVector(filterB)
  let b1 = loadVector(filterB, 16)
  let b2 = loadVector(filterB, 32)
  let c0 = loadVector(filterC)
  let c1 = loadVector(filterC, 16)
  let c2 = loadVector(filterC, 32)
  for (let y = 0; y < height; y++) {
    let from = input
    let dy = gradient
    const end = gradient + <usize>width * gradientPixel
    for (; dy < end; dy += gradientPixel) {
      const dy0 = loadVector(dy)
      const dy1 = loadVector(dy, 16)
      const dy2 = loadVector(dy, 32)
      let splat = loadSplat(from)
      a0 = multiplyAdd(dy0, splat, a0)
      a1 = multiplyAdd(dy1, splat, a1)
      a2 = multiplyAdd(dy2, splat, a2)
      splat = loadSplat(from + 4)
      b0 = multiplyAdd(dy0, splat, b0)
      b1 = multiplyAdd(dy1, splat, b1)
      b2 = multiplyAdd(dy2, splat, b2)
      splat = loadSplat(from + 8)
      c0 = multiplyAdd(dy0, splat, c0)
      c1 = multiplyAdd(dy1, splat, c1)
      c2 = multiplyAdd(dy2, splat, c2)
      from += stepPixel
    }
    input += stepRow
    gradient += gradientRow
  }
  v128.store(filter, a0)
  v128.store(filter, a1, 16)
  v128.store(filter, a2, 32)
  v128.store(filterB, b0)
  v128.store(filterB, b1, 16)
  v128.store(filterB, b2, 32)
  v128.store(filterC, c0)
  v128.store(filterC, c1, 16)
  v128.store(filterC, c2, 32)
}

function addFourTaps(
  input: usize,
  gradient: usize,
  filter: usize,
  filterTap: usize,
  parameters: usize,
): void {
  const height = parameter(parameters, 0)
  const width = parameter(parameters, 1)
  const stepRow = <usize>parameter(parameters, 3)
  const stepPixel = <usize>parameter(parameters, 4)
  const gradientRow = <usize>parameter(parameters, 8)
  const gradientPixel = <usize>parameter(parameters, 9)
  const filterB = filter + filterTap
  const filterC = filterB + filterTap
  const filterD = filterC + filterTap
  let a0 = loadVector(filter)
  let a1 = loadVector(filter, 16)
  let b0 = loadVector(filterB)
  let b1 = loadVector(filterB, 16)
  let c0 = loadVector(filterC)
  let c1 = loadVector(filterC, 16)
  let d0 = loadVector(filterD)
  let d1 = loadVector(filterD, 16)
  for (let y = 0; y < height; y++) {
    let from = input
    let dy = gradient
    const end = gradient + <usize>width * gradientPixel
    for (; dy < end; dy += gradientPixel) {
      const dy0 = loadVector(dy)
      const dy1 = loadVector(dy, 16)
      let splat = loadSplat(from)
      a0 = multiplyAdd(dy0, splat, a0)
      a1 = multiplyAdd(dy1, splat, a1)
      splat = loadSplat(from + 4)
      b0 = multiplyAdd(dy0, splat, b0)
      b1 = multiplyAdd(dy1, splat, b1)
      splat = loadSplat(from + 8)
      c0 = multiplyAdd(dy0, splat, c0)
      c1 = multiplyAdd(dy1, splat, c1)
      splat = loadSplat(from + 12)
      d0 = multiplyAdd(dy0, splat, d0)
      d1 = multiplyAdd(dy1, splat, d1)
      from += stepPixel
    }
    input += stepRow
    gradient += gradientRow
  }
  v128.store(filter, a0)
  v128.store(filter, a1, 16)
  v128.store(filterB, b0)
  v128.store(filterB, b1, 16)
  v128.store(filterC, c0)
  v128.store(filterC, c1, 16)
  v128.store(filterD, d0)
  v128.store(filterD, d1, 16)
}

function addEightTaps(
  input: usize,
  gradient: usize,
  filter: usize,
  filterTap: usize,
  parameters: usize,
): void {
  const height = parameter(parameters, 0)
  const width = parameter(parameters, 1)
  const stepRow = <usize>parameter(parameters, 3)
  const stepPixel = <usize>parameter(parameters, 4)
  const gradientRow = <usize>parameter(parameters, 8)
  const gradientPixel = <usize>parameter(parameters, 9)
  const filterB = filter + filterTap
  const filterC = filterB + filterTap
  const filterD = filterC + filterTap
  const filterE = filterD + filterTap
  const filterF = filterE + filterTap
  const filterG = filterF + filterTap
  const filterH = filterG + filterTap
  let a0 = loadVector(filter)
  let b0 = loadVector(filterB)
  let c0 = loadVector(filterC)
  let d0 = loadVector(filterD)
  let e0 = loadVector(filterE)
  let f0 = loadVector(filterF)
  let g0 = loadVector(filterG)
  let h0 = loadVector(filterH)
  for (let y = 0; y < height; y++) {
    let from = input
    let dy = gradient
    const end = gradient + <usize>width * gradientPixel
    for (; dy < end; dy += gradientPixel) {
      const dy0 = loadVector(dy)
      a0 = multiplyAdd(dy0, loadSplat(from), a0)
      b0 = multiplyAdd(dy0, loadSplat(from + 4), b0)
      c0 = multiplyAdd(dy0, loadSplat(from + 8), c0)
      d0 = multiplyAdd(dy0, loadSplat(from + 12), d0)
      e0 = multiplyAdd(dy0, loadSplat(from + 16), e0)
      f0 = multiplyAdd(dy0, loadSplat(from + 20), f0)
      g0 = multiplyAdd(dy0, loadSplat(from + 24), g0)
      h0 = multiplyAdd(dy0, loadSplat(from + 28), h0)
      from += stepPixel
    }
    input += stepRow
    gradient += gradientRow
  }
  v128.store(filter, a0)
  v128.store(filterB, b0)
  v128.store(filterC, c0)
  v128.store(filterD, d0)
  v128.store(filterE, e0)
  v128.store(filterF, f0)
  v128.store(filterG, g0)
  v128.store(filterH, h0)
}

function addOneTap(input: usize, gradient: usize, filter: usize, vectors: i32, parameters: usize): void {
  const height = parameter(parameters, 0)
  const width = parameter(parameters, 1)
  const stepRow = <usize>parameter(parameters, 3)
  const stepPixel = <usize>parameter(parameters, 4)
  const gradientRow = <usize>parameter(parameters, 8)
  const gradientPixel = <usize>parameter(parameters, 9)
  for (let vector = 0; vector < vectors; vector++) {
    let sum = loadVector(filter)
    for (let y = 0; y < height; y++) {
      let from = input + <usize>y * stepRow
      let dy = gradient + <usize>y * gradientRow
      const end = dy + <usize>width * gradientPixel
      for (; dy < end; dy += gradientPixel) {
        sum = multiplyAdd(loadVector(dy), loadSplat(from), sum)
        from += stepPixel
      }
    }
    v128.store(filter, sum)
    filter += 16
    gradient += 16
  }
}

function addBiasGradient(gradient: usize, bias: usize, vectors: i32, parameters: usize): void {
  const height = parameter(parameters, 0)
  const width = parameter(parameters, 1)
  const gradientRow = <usize>parameter(parameters, 8)
  const gradientPixel = <usize>parameter(parameters, 9)
  for (let vector = 0; vector < vectors; vector++) {
    let sum = loadVector(bias)
    for (let y = 0; y < height; y++) {
      let dy = gradient + <usize>y * gradientRow
      const end = dy + <usize>width * gradientPixel
      for (; dy < end; dy += gradientPixel) sum = f32x4.add(sum, loadVector(dy))
    }
    v128.store(bias, sum)
    gradient += 16
    bias += 16
  }
}
