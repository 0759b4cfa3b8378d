// Direct convolution of one image. Think of each output pixel as dot products of `rows` runs of `taps` neighbouring
// floats with packed weights: the caller has already padded the image, so there is no border to test for.
// Three pixels by three vectors of output channels keep nine sums, three weights and three splats in the sixteen registers.
import { convolveTen } from './convolution-ten'
import { loadVector, loadSplat, multiplyAdd, parameter, rectify, storeLanes } from './lanes'

/**
 * output[y][x][channel] = activation(bias[channel] + sum over row, tap of input * weights).
 * Parameters: 0 height and 1 width of the output in pixels, 2 bytes from one input row to the next, 3 and 4 bytes the
 * input moves per output row and pixel, 5 rows of the filter, 6 taps of a row (filter width x channels), 7 output
 * channels, 8 and 9 bytes the output moves per row and pixel, 10 whether to rectify.
 * Weights: blocks of 3, 2 or 1 vectors of output channels, each [row][tap][block], as packFilter writes them.
 */
export function convolve(input: usize, weights: usize, bias: usize, output: usize, parameters: usize): void {
  const rowTaps = parameter(parameters, 5) * parameter(parameters, 6)
  let channels = parameter(parameters, 7)
  while (channels > 0) {
    const vectors = blockVectors((channels + 3) >> 2)
    if (vectors == 3) {
      const done = channels <= 10 ? convolveTen(input, weights, bias, output, parameters, channels) : 0
      convolveThree(input, weights, bias, output, parameters, channels, done)
    } else if (vectors == 2) convolveTwo(input, weights, bias, output, parameters, channels)
    else convolveOne(input, weights, bias, output, parameters, channels)
    weights += (<usize>(rowTaps * vectors)) << 4
    bias += (<usize>vectors) << 4
    output += (<usize>vectors) << 4
    channels -= vectors << 2
  }
}

/** How many vectors the next block takes when `left` are to be done: threes, but two twos rather than three and one. */
export function blockVectors(left: i32): i32 {
  if (left >= 3) return left == 4 ? 2 : 3
  return left
}

/** The pixels from number `done` on. */
function convolveThree(
  input: usize,
  weights: usize,
  bias: usize,
  output: usize,
  parameters: usize,
  channels: i32,
  done: i32,
): void {
  const height = parameter(parameters, 0)
  const width = parameter(parameters, 1)
  const inputRow = <usize>parameter(parameters, 2)
  const stepRow = <usize>parameter(parameters, 3)
  const stepPixel = <usize>parameter(parameters, 4)
  const rows = parameter(parameters, 5)
  const taps = (<usize>parameter(parameters, 6)) << 2
  const outputRow = <usize>parameter(parameters, 8)
  const outputPixel = <usize>parameter(parameters, 9)
  const floor = parameter(parameters, 10) ? f32x4.splat(0) : f32x4.splat(-Infinity)
  const last = min(channels - 8, 4)
  const bias0 = loadVector(bias)
  const bias1 = loadVector(bias, 16)
  const bias2 = loadVector(bias, 32)
  let pixels = height * width - done
  let x = done % width
  let rowInput = input + <usize>(done / width) * stepRow
  let rowOutput = output + <usize>(done / width) * outputRow
  while (pixels >= 3) {
    let a = rowInput + <usize>x * stepPixel
    const outputA = rowOutput + <usize>x * outputPixel
    if (++x == width) {
      x = 0
      rowInput += stepRow
      rowOutput += outputRow
    }
    let b = rowInput + <usize>x * stepPixel
    const outputB = rowOutput + <usize>x * outputPixel
    if (++x == width) {
      x = 0
      rowInput += stepRow
      rowOutput += outputRow
    }
    let c = rowInput + <usize>x * stepPixel
    const outputC = rowOutput + <usize>x * outputPixel
    if (++x == width) {
      x = 0
      rowInput += stepRow
      rowOutput += outputRow
    }
    pixels -= 3
    let a0 = bias0
    let a1 = bias1
    let a2 = bias2
    let b0 = bias0
    let b1 = bias1
    let b2 = bias2
    let c0 = bias0
    let c1 = bias1
    let c2 = bias2
    let weight = weights
    for (let row = 0; row < rows; row++) {
      const end = a + taps
      for (; a < end; a += 4) {
        const weight0 = loadVector(weight)
        const weight1 = loadVector(weight, 16)
        const weight2 = loadVector(weight, 32)
        const splatA = loadSplat(a)
        a0 = multiplyAdd(weight0, splatA, a0)
        a1 = multiplyAdd(weight1, splatA, a1)
        a2 = multiplyAdd(weight2, splatA, a2)
        const splatB = loadSplat(b)
        b0 = multiplyAdd(weight0, splatB, b0)
        b1 = multiplyAdd(weight1, splatB, b1)
        b2 = multiplyAdd(weight2, splatB, b2)
        const splatC = loadSplat(c)
        c0 = multiplyAdd(weight0, splatC, c0)
        c1 = multiplyAdd(weight1, splatC, c1)
        c2 = multiplyAdd(weight2, splatC, c2)
        weight += 48
        b += 4
        c += 4
      }
      a += inputRow - taps
      b += inputRow - taps
      c += inputRow - taps
    }
    v128.store(outputA, f32x4.pmax(a0, floor))
    v128.store(outputA, f32x4.pmax(a1, floor), 16)
    storeLanes(outputA + 32, f32x4.pmax(a2, floor), last)
    v128.store(outputB, f32x4.pmax(b0, floor))
    v128.store(outputB, f32x4.pmax(b1, floor), 16)
    storeLanes(outputB + 32, f32x4.pmax(b2, floor), last)
    v128.store(outputC, f32x4.pmax(c0, floor))
    v128.store(outputC, f32x4.pmax(c1, floor), 16)
    storeLanes(outputC + 32, f32x4.pmax(c2, floor), last)
  }
  while (pixels > 0) {
    let a = rowInput + <usize>x * stepPixel
    const outputA = rowOutput + <usize>x * outputPixel
    if (++x == width) {
      x = 0
      rowInput += stepRow
      rowOutput += outputRow
    }
    pixels--
    let a0 = bias0
    let a1 = bias1
    let a2 = bias2
    let weight = weights
    for (let row = 0; row < rows; row++) {
      const end = a + taps
      for (; a < end; a += 4) {
        const splatA = loadSplat(a)
        a0 = multiplyAdd(loadVector(weight), splatA, a0)
        a1 = multiplyAdd(loadVector(weight, 16), splatA, a1)
        a2 = multiplyAdd(loadVector(weight, 32), splatA, a2)
        weight += 48
      }
      a += inputRow - taps
    }
    v128.store(outputA, f32x4.pmax(a0, floor))
    v128.store(outputA, f32x4.pmax(a1, floor), 16)
    storeLanes(outputA + 32, f32x4.pmax(a2, floor), last)
  }
}

function convolveTwo(
  input: usize,
  weights: usize,
  bias: usize,
  output: usize,
  parameters: usize,
  channels: i32,
): void {
  const height = parameter(parameters, 0)
  const width = parameter(parameters, 1)
  const inputRow = <usize>parameter(parameters, 2)
  const stepRow = <usize>parameter(parameters, 3)
  const stepPixel = <usize>parameter(parameters, 4)
  const rows = parameter(parameters, 5)
  const taps = (<usize>parameter(parameters, 6)) << 2
  const outputRow = <usize>parameter(parameters, 8)
  const outputPixel = <usize>parameter(parameters, 9)
  const rectified = parameter(parameters, 10) != 0
  const last = min(channels - 4, 4)
  for (let y = 0; y < height; y++) {
    let x = 0
    for (; x + 4 <= width; x += 4) {
      let a = input + <usize>x * stepPixel
      let a0 = loadVector(bias)
      let a1 = loadVector(bias, 16)
      let b0 = a0
      let b1 = a1
      let c0 = a0
      let c1 = a1
      let d0 = a0
      let d1 = a1
      let weight = weights
      for (let row = 0; row < rows; row++) {
        const end = a + taps
        for (; a < end; a += 4) {
          const weight0 = loadVector(weight)
          const weight1 = loadVector(weight, 16)
          let splat = loadSplat(a)
          a0 = multiplyAdd(weight0, splat, a0)
          a1 = multiplyAdd(weight1, splat, a1)
          splat = loadSplat(a + stepPixel)
          b0 = multiplyAdd(weight0, splat, b0)
          b1 = multiplyAdd(weight1, splat, b1)
          splat = loadSplat(a + 2 * stepPixel)
          c0 = multiplyAdd(weight0, splat, c0)
          c1 = multiplyAdd(weight1, splat, c1)
          splat = loadSplat(a + 3 * stepPixel)
          d0 = multiplyAdd(weight0, splat, d0)
          d1 = multiplyAdd(weight1, splat, d1)
          weight += 32
        }
        a += inputRow - taps
      }
      const to = output + <usize>x * outputPixel
      storeTwo(to, a0, a1, last, rectified)
      storeTwo(to + outputPixel, b0, b1, last, rectified)
      storeTwo(to + 2 * outputPixel, c0, c1, last, rectified)
      storeTwo(to + 3 * outputPixel, d0, d1, last, rectified)
    }
    for (; x < width; x++) {
      let a = input + <usize>x * stepPixel
      let a0 = loadVector(bias)
      let a1 = loadVector(bias, 16)
      let weight = weights
      for (let row = 0; row < rows; row++) {
        const end = a + taps
        for (; a < end; a += 4) {
          const splat = loadSplat(a)
          a0 = multiplyAdd(loadVector(weight), splat, a0)
          a1 = multiplyAdd(loadVector(weight, 16), splat, a1)
          weight += 32
        }
        a += inputRow - taps
      }
      storeTwo(output + <usize>x * outputPixel, a0, a1, last, rectified)
    }
    input += stepRow
    output += outputRow
  }
}

function storeTwo(pointer: usize, first: v128, second: v128, last: i32, rectified: bool): void {
  v128.store(pointer, rectified ? rectify(first) : first)
  storeLanes(pointer + 16, rectified ? rectify(second) : second, last)
}

function convolveOne(
  input: usize,
  weights: usize,
  bias: usize,
  output: usize,
  parameters: usize,
  channels: i32,
): void {
  const height = parameter(parameters, 0)
  const width = parameter(parameters, 1)
  const inputRow = <usize>parameter(parameters, 2)
  const stepRow = <usize>parameter(parameters, 3)
  const stepPixel = <usize>parameter(parameters, 4)
  const rows = parameter(parameters, 5)
  const taps = (<usize>parameter(parameters, 6)) << 2
  const outputRow = <usize>parameter(parameters, 8)
  const outputPixel = <usize>parameter(parameters, 9)
  const rectified = parameter(parameters, 10) != 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let a = input + <usize>x * stepPixel
      let even = loadVector(bias)
      let odd = f32x4.splat(0)
      let weight = weights
      for (let row = 0; row < rows; row++) {
        const end = a + taps
        for (; a + 4 < end; a += 8) {
          even = multiplyAdd(loadVector(weight), loadSplat(a), even)
          odd = multiplyAdd(loadVector(weight, 16), loadSplat(a + 4), odd)
          weight += 32
        }
        if (a < end) {
          even = multiplyAdd(loadVector(weight), loadSplat(a), even)
          weight += 16
          a += 4
        }
        a += inputRow - taps
      }
      const sum = f32x4.add(even, odd)
      storeLanes(output + <usize>x * outputPixel, rectified ? rectify(sum) : sum, min(channels, 4))
    }
    input += stepRow
    output += outputRow
  }
}
