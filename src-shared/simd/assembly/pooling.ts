// Max and average pooling of one image, both ways. Windows are cut at the image's border, never padded with values.
import { loadVector, parameter, storeLanes } from './lanes'

/**
 * The largest value of each window, and (where position bytes are given) the first place that holds it, in row order.
 * Parameters: 0 height, 1 width and 2 channels of the output, 3 and 4 bytes of an input row and pixel, 5 and 6 stride
 * down and across, 7 and 8 height and width of the window, 9 and 10 padding above and left, 11 and 12 height and width
 * of the input, 13 and 14 bytes of an output row and pixel, 15 and 16 what a position grows by per input row and pixel,
 * 17 bytes of a pixel of positions (a multiple of 16), or 0 for no positions.
 */
export function maxPool(input: usize, output: usize, positions: usize, p: usize): void {
  const channels = parameter(p, 2)
  const inputRow = <usize>parameter(p, 3)
  const inputPixel = <usize>parameter(p, 4)
  const positionRow = parameter(p, 15)
  const positionPixel = parameter(p, 16)
  const positionBytes = <usize>parameter(p, 17)
  const isTwoByTwo = parameter(p, 7) == 2 && parameter(p, 8) == 2
  for (let y = 0; y < parameter(p, 0); y++) {
    const top = max(y * parameter(p, 5) - parameter(p, 9), 0)
    const bottom = min(y * parameter(p, 5) - parameter(p, 9) + parameter(p, 7), parameter(p, 11))
    let to = output + <usize>y * <usize>parameter(p, 13)
    for (let x = 0; x < parameter(p, 1); x++) {
      const left = max(x * parameter(p, 6) - parameter(p, 10), 0)
      const right = min(x * parameter(p, 6) - parameter(p, 10) + parameter(p, 8), parameter(p, 12))
      const from = input + <usize>top * inputRow + <usize>left * inputPixel
      const position = top * positionRow + left * positionPixel
      const where = positionBytes ? positions : 0
      if (isTwoByTwo && bottom - top == 2 && right - left == 2) {
        maxOfFour(from, inputRow, inputPixel, channels, to, where, position, positionRow, positionPixel)
      } else {
        const rows = bottom - top
        const columns = right - left
        maxOfWindow(
          from,
          rows,
          columns,
          inputRow,
          inputPixel,
          channels,
          to,
          where,
          position,
          positionRow,
          positionPixel,
        )
      }
      to += <usize>parameter(p, 14)
      positions += positionBytes
    }
  }
}

/** One window of any size, all channels. `where` is 0 when nobody asks for positions. */
function maxOfWindow(
  input: usize,
  rows: i32,
  columns: i32,
  inputRow: usize,
  inputPixel: usize,
  channels: i32,
  output: usize,
  where: usize,
  position: i32,
  positionRow: i32,
  positionPixel: i32,
): void {
  for (let channel = 0; channel < channels; channel += 4) {
    const offset = (<usize>channel) << 2
    let best = f32x4.splat(-Infinity)
    let winner = i32x4.splat(position)
    for (let row = 0; row < rows; row++) {
      let from = input + offset + <usize>row * inputRow
      for (let column = 0; column < columns; column++) {
        const value = loadVector(from)
        const here = i32x4.splat(position + row * positionRow + column * positionPixel)
        winner = v128.bitselect(here, winner, f32x4.gt(value, best))
        best = f32x4.pmax(best, value)
        from += inputPixel
      }
    }
    storeLanes(output + offset, best, channels - channel)
    if (where) v128.store(where + offset, winner)
  }
}

/** The same for the usual window of two by two. */
function maxOfFour(
  input: usize,
  inputRow: usize,
  inputPixel: usize,
  channels: i32,
  output: usize,
  where: usize,
  position: i32,
  positionRow: i32,
  positionPixel: i32,
): void {
  const second = i32x4.splat(position + positionPixel)
  const third = i32x4.splat(position + positionRow)
  const fourth = i32x4.splat(position + positionRow + positionPixel)
  const below = input + inputRow
  for (let channel = 0; channel < channels; channel += 4) {
    const offset = (<usize>channel) << 2
    let best = f32x4.pmax(f32x4.splat(-Infinity), loadVector(input + offset))
    let value = loadVector(input + inputPixel + offset)
    let winner = v128.bitselect(second, i32x4.splat(position), f32x4.gt(value, best))
    best = f32x4.pmax(best, value)
    value = loadVector(below + offset)
    winner = v128.bitselect(third, winner, f32x4.gt(value, best))
    best = f32x4.pmax(best, value)
    value = loadVector(below + inputPixel + offset)
    winner = v128.bitselect(fourth, winner, f32x4.gt(value, best))
    best = f32x4.pmax(best, value)
    storeLanes(output + offset, best, channels - channel)
    if (where) v128.store(where + offset, winner)
  }
}

/** The mean of each window's values inside the image. Parameters as for maxPool, up to 14. */
export function averagePool(input: usize, output: usize, p: usize): void {
  const channels = parameter(p, 2)
  const inputRow = <usize>parameter(p, 3)
  const inputPixel = <usize>parameter(p, 4)
  for (let y = 0; y < parameter(p, 0); y++) {
    const top = max(y * parameter(p, 5) - parameter(p, 9), 0)
    const bottom = min(y * parameter(p, 5) - parameter(p, 9) + parameter(p, 7), parameter(p, 11))
    let to = output + <usize>y * <usize>parameter(p, 13)
    for (let x = 0; x < parameter(p, 1); x++) {
      const left = max(x * parameter(p, 6) - parameter(p, 10), 0)
      const right = min(x * parameter(p, 6) - parameter(p, 10) + parameter(p, 8), parameter(p, 12))
      const share = f32x4.splat(1 / <f32>((bottom - top) * (right - left)))
      for (let channel = 0; channel < channels; channel += 4) {
        let sum = f32x4.splat(0)
        for (let row = top; row < bottom; row++) {
          let from = input + ((<usize>channel) << 2) + <usize>row * inputRow + <usize>left * inputPixel
          for (let column = left; column < right; column++) {
            sum = f32x4.add(sum, loadVector(from))
            from += inputPixel
          }
        }
        storeLanes(to + ((<usize>channel) << 2), f32x4.mul(sum, share), channels - channel)
      }
      to += <usize>parameter(p, 14)
    }
  }
}

/**
 * Adds each pooled gradient to the pixel that won its window; the caller has cleared `inputGradient`.
 * Parameters: 0 pooled pixels in a row, 1 rows, 2 channels, 3 and 4 bytes of a row and pixel of the pooled gradient,
 * 5 bytes of a pixel of positions, 6 bytes of a pixel of the input gradient (positions count such pixels).
 */
export function addMaxPoolGradient(gradient: usize, positions: usize, inputGradient: usize, p: usize): void {
  for (let y = 0; y < parameter(p, 1); y++) {
    let from = gradient + <usize>y * <usize>parameter(p, 3)
    for (let x = 0; x < parameter(p, 0); x++) {
      for (let channel = 0; channel < parameter(p, 2); channel++) {
        const offset = (<usize>channel) << 2
        const at = inputGradient + offset + <usize>load<i32>(positions + offset) * <usize>parameter(p, 6)
        store<f32>(at, load<f32>(at) + load<f32>(from + offset))
      }
      from += <usize>parameter(p, 4)
      positions += <usize>parameter(p, 5)
    }
  }
}

/**
 * Adds to each pixel of a window its share of the pooled gradient (windows lie inside the image; cleared before).
 * Parameters: 0 height, 1 width and 2 channels of the pooled image, 3 and 4 bytes of a row and pixel of the pooled
 * gradient, 5 and 6 bytes of a row and pixel of the input gradient, 7 and 8 stride, 9 and 10 window height and width.
 */
export function addAveragePoolGradient(gradient: usize, inputGradient: usize, p: usize): void {
  const channels = parameter(p, 2)
  const share = f32x4.splat(1 / <f32>(parameter(p, 9) * parameter(p, 10)))
  for (let y = 0; y < parameter(p, 0); y++) {
    for (let x = 0; x < parameter(p, 1); x++) {
      const from = gradient + <usize>y * <usize>parameter(p, 3) + <usize>x * <usize>parameter(p, 4)
      for (let row = y * parameter(p, 7); row < y * parameter(p, 7) + parameter(p, 9); row++) {
        for (let column = x * parameter(p, 8); column < x * parameter(p, 8) + parameter(p, 10); column++) {
          const to =
            inputGradient + <usize>row * <usize>parameter(p, 5) + <usize>column * <usize>parameter(p, 6)
          for (let channel = 0; channel < channels; channel += 4) {
            const offset = (<usize>channel) << 2
            const sum = f32x4.add(loadVector(to + offset), f32x4.mul(share, loadVector(from + offset)))
            storeLanes(to + offset, sum, channels - channel)
          }
        }
      }
    }
  }
}
