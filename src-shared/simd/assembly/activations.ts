// Activations of a whole image, and the way back through them. ReLU forward is part of convolve; the others come here.
// Every slope is read from the activation's value, so that nothing else need be kept for the way back.
import { exponentials } from './exponential'
import { loadVector, parameter, storeLanes } from './lanes'

// As src-shared/simd/instructions/activations.ts numbers them; 0 is none.
export const RELU = 1
const LEAKY_RELU = 2
const TANH = 3
/** PyTorch's slope of LeakyReLU left of zero. */
const LEAK: f32 = 0.01

/**
 * image = activation(image), in place.
 * Parameters: 0 height, 1 width, 2 channels, 3 and 4 bytes of a row and pixel, 5 the activation.
 */
export function activate(image: usize, p: usize): void {
  const channels = parameter(p, 2)
  const kind = parameter(p, 5)
  for (let y = 0; y < parameter(p, 0); y++) {
    let at = image
    for (let x = 0; x < parameter(p, 1); x++) {
      for (let channel = 0; channel < channels; channel += 4) {
        const place = at + ((<usize>channel) << 2)
        storeLanes(place, valueOf(kind, loadVector(place)), channels - channel)
      }
      at += <usize>parameter(p, 4)
    }
    image += <usize>parameter(p, 3)
  }
}

function valueOf(kind: i32, x: v128): v128 {
  const zero = f32x4.splat(0)
  if (kind == RELU) return f32x4.pmax(x, zero)
  if (kind == LEAKY_RELU) return v128.bitselect(x, f32x4.mul(x, f32x4.splat(LEAK)), f32x4.gt(x, zero))
  const one = f32x4.splat(1)
  const two = f32x4.splat(2)
  if (kind == TANH) {
    // 1 - 2 / (e^2x + 1)
    const sum = f32x4.add(exponentials(f32x4.mul(x, two)), one)
    return f32x4.sub(one, f32x4.div(two, sum))
  }
  return f32x4.div(one, f32x4.add(exponentials(f32x4.neg(x)), one)) // sigmoid
}

function slopeOf(kind: i32, value: v128): v128 {
  const one = f32x4.splat(1)
  if (kind == LEAKY_RELU) return v128.bitselect(one, f32x4.splat(LEAK), f32x4.gt(value, f32x4.splat(0)))
  if (kind == TANH) return f32x4.sub(one, f32x4.mul(value, value))
  return f32x4.mul(value, f32x4.sub(one, value)) // sigmoid
}

/** The slope at one value, which has come out of the activation. */
export function slopeAt(kind: i32, value: f32): f32 {
  return kind <= RELU ? <f32>1 : f32x4.extract_lane(slopeOf(kind, f32x4.splat(value)), 0)
}

/**
 * The gradient before an activation: `gradient` times the slope that `output` tells; all three have a pitch of their own.
 * Parameters: 0 height, 1 width, 2 channels, then bytes of a row and pixel: 3, 4 gradient; 5, 6 output; 7, 8 result;
 * 9 the activation.
 */
export function differentiateActivation(gradient: usize, output: usize, result: usize, p: usize): void {
  const channels = parameter(p, 2)
  const kind = parameter(p, 9)
  const zero = f32x4.splat(0)
  for (let y = 0; y < parameter(p, 0); y++) {
    let from = gradient
    let seen = output
    let to = result
    for (let x = 0; x < parameter(p, 1); x++) {
      for (let channel = 0; channel < channels; channel += 4) {
        const offset = (<usize>channel) << 2
        const upstream = loadVector(from, offset)
        const value = loadVector(seen, offset)
        const passed =
          kind == RELU ? v128.and(upstream, f32x4.gt(value, zero)) : f32x4.mul(upstream, slopeOf(kind, value))
        storeLanes(to + offset, passed, channels - channel)
      }
      from += <usize>parameter(p, 4)
      seen += <usize>parameter(p, 6)
      to += <usize>parameter(p, 8)
    }
    gradient += <usize>parameter(p, 3)
    output += <usize>parameter(p, 5)
    result += <usize>parameter(p, 7)
  }
}
