// Moving numbers without changing them: images into padded images, filters into the order that convolutions read.
import { parameter } from './lanes'
import { blockVectors } from './convolution'

/** Sets `parameters[0]` bytes (a multiple of four) to zero. */
export function clear(target: usize, parameters: usize): void {
  memory.fill(target, 0, <usize>parameter(parameters, 0))
}

/**
 * Copies pixels to other places: into the middle of a padded image, or apart from each other.
 * Parameters: 0 height, 1 width, 2 channels, 3 and 4 bytes of a source row and pixel, 5 and 6 of a target row and pixel.
 */
export function copyImage(source: usize, target: usize, p: usize): void {
  const width = parameter(p, 1)
  const pixelBytes = (<usize>parameter(p, 2)) << 2
  const dense = <usize>parameter(p, 4) == pixelBytes && <usize>parameter(p, 6) == pixelBytes
  for (let y = 0; y < parameter(p, 0); y++) {
    if (dense) {
      memory.copy(target, source, <usize>width * pixelBytes)
    } else {
      for (let x = 0; x < width; x++) {
        memory.copy(
          target + <usize>x * <usize>parameter(p, 6),
          source + <usize>x * <usize>parameter(p, 4),
          pixelBytes,
        )
      }
    }
    source += <usize>parameter(p, 3)
    target += <usize>parameter(p, 5)
  }
}

/**
 * Packs a filter for convolve: blocks of output channels, each [row][column][inner][block], missing channels zero.
 * Parameters: 0 rows, 1 columns, 2 inner channels, 3 output channels; source strides in floats (they may be negative):
 * 4 row, 5 column, 6 inner channel, 7 output channel.
 */
export function packFilter(source: usize, target: usize, p: usize): void {
  const outputs = parameter(p, 3)
  for (let first = 0; first < outputs;) {
    const width = blockVectors((outputs - first + 3) >> 2) << 2
    for (let row = 0; row < parameter(p, 0); row++) {
      for (let column = 0; column < parameter(p, 1); column++) {
        for (let inner = 0; inner < parameter(p, 2); inner++) {
          const base = row * parameter(p, 4) + column * parameter(p, 5) + inner * parameter(p, 6)
          for (let lane = 0; lane < width; lane++) {
            // A block of nine or ten channels holds the last two twice: see convolution-ten.
            const output = first + (lane >= 10 && outputs - first <= 10 ? lane - 2 : lane)
            const at = source + ((base + output * parameter(p, 7)) << 2)
            store<f32>(target, output < outputs ? load<f32>(at) : 0)
            target += 4
          }
        }
      }
    }
    first += width
  }
}

/** Packs a filter as [output channel][row][column][inner, filled up with zeros to whole vectors]. Parameters as above. */
export function packFilterByChannel(source: usize, target: usize, p: usize): void {
  const inners = parameter(p, 2)
  const padded = (inners + 3) & ~3
  for (let output = 0; output < parameter(p, 3); output++) {
    for (let row = 0; row < parameter(p, 0); row++) {
      for (let column = 0; column < parameter(p, 1); column++) {
        const base = row * parameter(p, 4) + column * parameter(p, 5) + output * parameter(p, 7)
        for (let inner = 0; inner < padded; inner++) {
          const at = source + ((base + inner * parameter(p, 6)) << 2)
          store<f32>(target, inner < inners ? load<f32>(at) : 0)
          target += 4
        }
      }
    }
  }
}
