// The same convolution for a block of nine or ten output channels, the width of TinyVGG: two and a half vectors. Two
// pixels share the third vector, so that no lane of it is idle: ten sums for four pixels instead of twelve.
import { loadVector, loadSplat, multiplyAdd, parameter } from './lanes'

/** Computes all pixels but the last zero to three, and says how many it did. Parameters as for convolve. */
export function convolveTen(
  input: usize,
  weights: usize,
  bias: usize,
  output: usize,
  parameters: usize,
  channels: i32,
): i32 {
  const width = parameter(parameters, 1)
  const inputRow = <usize>parameter(parameters, 2)
  const stepRow = <usize>parameter(parameters, 3)
  const stepPixel = <usize>parameter(parameters, 4)
  const rows = parameter(parameters, 5)
  const taps = (<usize>parameter(parameters, 6)) << 2
  const outputRow = <usize>parameter(parameters, 8)
  const outputPixel = <usize>parameter(parameters, 9)
  const floor = parameter(parameters, 10) ? f32x4.splat(0) : f32x4.splat(-Infinity)
  const pixels = (parameter(parameters, 0) * width) & ~3
  const bias2 = v128.shuffle<f32>(loadVector(bias, 32), loadVector(bias, 32), 0, 1, 4, 5)
  let x = 0
  let y = 0
  for (let pixel = 0; pixel < pixels; pixel += 4) {
    let a = input + <usize>y * stepRow + <usize>x * stepPixel
    const outputA = output + <usize>y * outputRow + <usize>x * outputPixel
    if (++x == width) {
      x = 0
      y++
    }
    let b = input + <usize>y * stepRow + <usize>x * stepPixel
    const outputB = output + <usize>y * outputRow + <usize>x * outputPixel
    if (++x == width) {
      x = 0
      y++
    }
    let c = input + <usize>y * stepRow + <usize>x * stepPixel
    const outputC = output + <usize>y * outputRow + <usize>x * outputPixel
    if (++x == width) {
      x = 0
      y++
    }
    let d = input + <usize>y * stepRow + <usize>x * stepPixel
    const outputD = output + <usize>y * outputRow + <usize>x * outputPixel
    if (++x == width) {
      x = 0
      y++
    }
    let a0 = loadVector(bias)
    let a1 = loadVector(bias, 16)
    let b0 = a0
    let b1 = a1
    let c0 = a0
    let c1 = a1
    let d0 = a0
    let d1 = a1
    let ab = bias2
    let cd = bias2
    let weight = weights
    for (let row = 0; row < rows; row++) {
      const end = a + taps
      for (; a < end; a += 4) {
        const weight0 = loadVector(weight)
        const weight1 = loadVector(weight, 16)
        const weight2 = loadVector(weight, 32)
        let first = loadSplat(a)
        a0 = multiplyAdd(weight0, first, a0)
        a1 = multiplyAdd(weight1, first, a1)
        let second = loadSplat(b)
        b0 = multiplyAdd(weight0, second, b0)
        b1 = multiplyAdd(weight1, second, b1)
        ab = multiplyAdd(weight2, v128.shuffle<f32>(first, second, 0, 1, 4, 5), ab)
        first = loadSplat(c)
        c0 = multiplyAdd(weight0, first, c0)
        c1 = multiplyAdd(weight1, first, c1)
        second = loadSplat(d)
        d0 = multiplyAdd(weight0, second, d0)
        d1 = multiplyAdd(weight1, second, d1)
        cd = multiplyAdd(weight2, v128.shuffle<f32>(first, second, 0, 1, 4, 5), cd)
        weight += 48
        b += 4
        c += 4
        d += 4
      }
      a += inputRow - taps
      b += inputRow - taps
      c += inputRow - taps
      d += inputRow - taps
    }
    storePair(outputA, outputB, f32x4.pmax(ab, floor), channels)
    storePair(outputC, outputD, f32x4.pmax(cd, floor), channels)
    v128.store(outputA, f32x4.pmax(a0, floor))
    v128.store(outputA, f32x4.pmax(a1, floor), 16)
    v128.store(outputB, f32x4.pmax(b0, floor))
    v128.store(outputB, f32x4.pmax(b1, floor), 16)
    v128.store(outputC, f32x4.pmax(c0, floor))
    v128.store(outputC, f32x4.pmax(c1, floor), 16)
    v128.store(outputD, f32x4.pmax(d0, floor))
    v128.store(outputD, f32x4.pmax(d1, floor), 16)
  }
  return pixels
}

/** The ninth and tenth channels of two pixels. */
function storePair(first: usize, second: usize, pair: v128, channels: i32): void {
  if (channels == 10) {
    v128.store64_lane(first, pair, 0, 32)
    v128.store64_lane(second, pair, 1, 32)
  } else {
    v128.store32_lane(first, pair, 0, 32)
    v128.store32_lane(second, pair, 2, 32)
  }
}
