// Convolution with filters of 3 x 3 and stride 1 for many channels, in fewer multiplications: a tile of 2 x 2 outputs
// costs 16 products for each pair of channels instead of 36. Filters and tiles of 4 x 4 inputs are transformed, multiplied
// place by place (16 matrix products, done by convolve) and transformed back. Rounding differs from the direct sum.
// Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks (2015), F(2 x 2, 3 x 3).
import { convolve, blockVectors } from './convolution'
import { loadVector, parameter } from './lanes'

/** Tiles that go through together: whole blocks of three and of four pixels of convolve. */
const TILES: i32 = 24
const PLACES: usize = 16
const WORDS: usize = 64

/**
 * output[y][x][channel] = activation(bias[channel] + sum over row, column, inner of input * weights).
 * Parameters: 0 height and 1 width of the output (both even), 2 bytes of an input row, 3 of an input pixel, 4 input
 * channels, 5 output channels (both multiples of four), 6 and 7 bytes of an output row and pixel, 8 whether to rectify.
 * Scratch: 64 bytes, zeros for a bias, then [16][24][input channels] and [16][24][output channels].
 */
export function convolveTiles(
  input: usize,
  weights: usize,
  bias: usize,
  output: usize,
  scratch: usize,
  p: usize,
): void {
  const inners = parameter(p, 4)
  const outers = parameter(p, 5)
  const across = parameter(p, 1) >> 1
  const tiles = (parameter(p, 0) >> 1) * across
  const zeros = scratch + WORDS
  const zeroBytes = ((<usize>outers) << 2) + 64
  memory.fill(zeros, 0, zeroBytes)
  const seen = zeros + zeroBytes
  const seenBytes = (<usize>(TILES * inners)) << 2
  const sums = seen + PLACES * seenBytes
  const sumBytes = (<usize>(TILES * outers)) << 2
  const weightBytes = (<usize>(inners * outers)) << 2
  writeProduct(scratch, inners, outers)
  for (let first = 0; first < tiles; first += TILES) {
    const count = min(tiles - first, TILES)
    store<i32>(scratch, count, 4)
    for (let tile = 0; tile < count; tile++) {
      const y = (first + tile) / across
      const x = (first + tile) % across
      const from = input + <usize>(2 * y) * <usize>parameter(p, 2) + <usize>(2 * x) * <usize>parameter(p, 3)
      transformInput(from, seen + <usize>tile * ((<usize>inners) << 2), seenBytes, p)
    }
    for (let place: usize = 0; place < PLACES; place++) {
      convolve(
        seen + place * seenBytes,
        weights + place * weightBytes,
        zeros,
        sums + place * sumBytes,
        scratch,
      )
    }
    for (let tile = 0; tile < count; tile++) {
      const y = (first + tile) / across
      const x = (first + tile) % across
      const to = output + <usize>(2 * y) * <usize>parameter(p, 6) + <usize>(2 * x) * <usize>parameter(p, 7)
      transformOutput(sums + <usize>tile * ((<usize>outers) << 2), sumBytes, bias, to, p)
    }
  }
}

/** The parameters with which convolve multiplies a row of tiles by a matrix; word 1, the tiles, is set later. */
function writeProduct(words: usize, inners: i32, outers: i32): void {
  store<i32>(words, 1)
  store<i32>(words, 0, 8)
  store<i32>(words, 0, 12)
  store<i32>(words, inners << 2, 16)
  store<i32>(words, 1, 20)
  store<i32>(words, inners, 24)
  store<i32>(words, outers, 28)
  store<i32>(words, 0, 32)
  store<i32>(words, outers << 2, 36)
  store<i32>(words, 0, 40)
}

/** A tile of 4 x 4 pixels, from both sides times [1 0 -1 0; 0 1 1 0; 0 -1 1 0; 0 1 0 -1]. */
function transformInput(input: usize, target: usize, placeBytes: usize, p: usize): void {
  const row = <usize>parameter(p, 2)
  const pixel = <usize>parameter(p, 3)
  for (let left = parameter(p, 4); left > 0; left -= 4) {
    let to = target
    for (let line = 0; line < 4; line++) {
      // Row `line` of the product from the left: one row of the tile plus or minus another.
      const plus = line == 0 ? 0 : line == 2 ? 2 : 1
      const other = line == 0 ? 2 : line == 1 ? 2 : line == 2 ? 1 : 3
      const a = input + <usize>plus * row
      const b = input + <usize>other * row
      let d0 = loadVector(b)
      let d1 = loadVector(b + pixel)
      let d2 = loadVector(b + 2 * pixel)
      let d3 = loadVector(b + 3 * pixel)
      if (line == 1) {
        d0 = f32x4.add(loadVector(a), d0)
        d1 = f32x4.add(loadVector(a + pixel), d1)
        d2 = f32x4.add(loadVector(a + 2 * pixel), d2)
        d3 = f32x4.add(loadVector(a + 3 * pixel), d3)
      } else {
        d0 = f32x4.sub(loadVector(a), d0)
        d1 = f32x4.sub(loadVector(a + pixel), d1)
        d2 = f32x4.sub(loadVector(a + 2 * pixel), d2)
        d3 = f32x4.sub(loadVector(a + 3 * pixel), d3)
      }
      v128.store(to, f32x4.sub(d0, d2))
      v128.store(to + placeBytes, f32x4.add(d1, d2))
      v128.store(to + 2 * placeBytes, f32x4.sub(d2, d1))
      v128.store(to + 3 * placeBytes, f32x4.sub(d1, d3))
      to += 4 * placeBytes
    }
    input += 16
    target += 16
  }
}

/** 4 x 4 sums, from both sides times [1 1 1 0; 0 1 -1 -1]: a tile of 2 x 2 pixels, with bias and activation. */
function transformOutput(sums: usize, placeBytes: usize, bias: usize, output: usize, p: usize): void {
  const row = <usize>parameter(p, 6)
  const pixel = <usize>parameter(p, 7)
  const line = 4 * placeBytes
  const floor = parameter(p, 8) ? f32x4.splat(0) : f32x4.splat(-Infinity)
  for (let left = parameter(p, 5); left > 0; left -= 4) {
    let from = sums
    let top0 = loadVector(from)
    let top1 = loadVector(from + placeBytes)
    let top2 = loadVector(from + 2 * placeBytes)
    let top3 = loadVector(from + 3 * placeBytes)
    from += line
    let low0 = loadVector(from)
    let low1 = loadVector(from + placeBytes)
    let low2 = loadVector(from + 2 * placeBytes)
    let low3 = loadVector(from + 3 * placeBytes)
    top0 = f32x4.add(top0, low0)
    top1 = f32x4.add(top1, low1)
    top2 = f32x4.add(top2, low2)
    top3 = f32x4.add(top3, low3)
    from += line
    const third0 = loadVector(from)
    const third1 = loadVector(from + placeBytes)
    const third2 = loadVector(from + 2 * placeBytes)
    const third3 = loadVector(from + 3 * placeBytes)
    top0 = f32x4.add(top0, third0)
    top1 = f32x4.add(top1, third1)
    top2 = f32x4.add(top2, third2)
    top3 = f32x4.add(top3, third3)
    from += line
    low0 = f32x4.sub(f32x4.sub(low0, third0), loadVector(from))
    low1 = f32x4.sub(f32x4.sub(low1, third1), loadVector(from + placeBytes))
    low2 = f32x4.sub(f32x4.sub(low2, third2), loadVector(from + 2 * placeBytes))
    low3 = f32x4.sub(f32x4.sub(low3, third3), loadVector(from + 3 * placeBytes))
    const start = loadVector(bias)
    const second = output + row
    v128.store(output, finish(f32x4.add(f32x4.add(top0, top1), top2), start, floor))
    v128.store(output + pixel, finish(f32x4.sub(f32x4.sub(top1, top2), top3), start, floor))
    v128.store(second, finish(f32x4.add(f32x4.add(low0, low1), low2), start, floor))
    v128.store(second + pixel, finish(f32x4.sub(f32x4.sub(low1, low2), low3), start, floor))
    sums += 16
    output += 16
    bias += 16
  }
}

function finish(sum: v128, bias: v128, floor: v128): v128 {
  return f32x4.pmax(f32x4.add(sum, bias), floor)
}

/**
 * Transforms 3 x 3 filters and packs the 16 matrices as convolve reads them: from both sides times
 * [1 0 0; .5 .5 .5; .5 -.5 .5; 0 0 1].
 * Parameters: 0 and 1 are 3, 2 inner channels, 3 output channels, strides in floats: 4 row, 5 column, 6 inner, 7 output.
 */
export function packTileFilter(source: usize, target: usize, p: usize): void {
  const inners = parameter(p, 2)
  const outputs = parameter(p, 3)
  const placeBytes = (<usize>(inners * outputs)) << 2
  for (let first = 0; first < outputs;) {
    const width = blockVectors((outputs - first + 3) >> 2) << 2
    for (let inner = 0; inner < inners; inner++) {
      for (let lane = 0; lane < width; lane++) {
        const at = source + ((inner * parameter(p, 6) + (first + lane) * parameter(p, 7)) << 2)
        transformFilter(at, target, placeBytes, p)
        target += 4
      }
    }
    first += width
  }
}

function transformFilter(source: usize, target: usize, placeBytes: usize, p: usize): void {
  const row = parameter(p, 4) << 2
  const column = parameter(p, 5) << 2
  for (let line = 0; line < 4; line++) {
    const g0 = transformColumn(source, row, line)
    const g1 = transformColumn(source + column, row, line)
    const g2 = transformColumn(source + 2 * column, row, line)
    store<f32>(target, g0)
    store<f32>(target + placeBytes, (g0 + g1 + g2) * 0.5)
    store<f32>(target + 2 * placeBytes, (g0 - g1 + g2) * 0.5)
    store<f32>(target + 3 * placeBytes, g2)
    target += 4 * placeBytes
  }
}

function transformColumn(source: usize, row: i32, line: i32): f32 {
  const g0 = load<f32>(source)
  const g1 = load<f32>(source + row)
  const g2 = load<f32>(source + 2 * row)
  if (line == 0) return g0
  if (line == 3) return g2
  return (line == 1 ? g0 + g1 + g2 : g0 - g1 + g2) * 0.5
}
