// From the slices' gradients to new parameters: add the slices in their order, bring the sum into the parameter's
// order, then one step of an optimizer with PyTorch's formulas.
import { floatParameter, loadVector, multiplyAdd, parameter } from './lanes'

/** sum[i] = slice 0[i] + slice 1[i] + ... in this order. Parameters: 0 floats (padded to vectors), 1 slices, 2 bytes of a slice. */
export function sumSlices(slices: usize, sum: usize, p: usize): void {
  const bytes = (<usize>parameter(p, 0)) << 2
  const count = parameter(p, 1)
  const sliceBytes = <usize>parameter(p, 2)
  for (let offset: usize = 0; offset < bytes; offset += 16) {
    let from = slices + offset
    let total = loadVector(from)
    for (let slice = 1; slice < count; slice++) {
      from += sliceBytes
      total = f32x4.add(total, loadVector(from))
    }
    v128.store(sum + offset, total)
  }
}

/**
 * target[row][tap][channel], without gaps, from a source with strides in floats.
 * Parameters: 0 rows, 1 taps, 2 channels; strides 3 row, 4 tap, 5 channel.
 */
export function arrangeGradient(source: usize, target: usize, p: usize): void {
  const channels = parameter(p, 2)
  const channelBytes = (<usize>parameter(p, 5)) << 2
  for (let row = 0; row < parameter(p, 0); row++) {
    for (let tap = 0; tap < parameter(p, 1); tap++) {
      let from = source + ((<usize>(row * parameter(p, 3) + tap * parameter(p, 4))) << 2)
      for (let channel = 0; channel < channels; channel++) {
        store<f32>(target, load<f32>(from))
        target += 4
        from += channelBytes
      }
    }
  }
}

// The last vector of a parameter may reach past its end: allocations are padded, so that is always its own memory.

/**
 * torch.optim.SGD: v = momentum v + g; w -= rate (g or, with momentum, v).
 * Parameters: 0 floats, 1 whether there is a velocity. Settings (floats): 0 rate, 1 momentum.
 */
export function updateSgd(
  gradient: usize,
  weights: usize,
  updated: usize,
  velocity: usize,
  updatedVelocity: usize,
  settings: usize,
  p: usize,
): void {
  const bytes = (<usize>parameter(p, 0)) << 2
  const hasVelocity = parameter(p, 1) != 0
  const rate = f32x4.splat(-floatParameter(settings, 0))
  const momentum = f32x4.splat(floatParameter(settings, 1))
  for (let offset: usize = 0; offset < bytes; offset += 16) {
    const weight = loadVector(weights, offset)
    let step = loadVector(gradient, offset)
    if (hasVelocity) {
      step = multiplyAdd(momentum, loadVector(velocity, offset), step)
      v128.store(updatedVelocity + offset, step)
    }
    v128.store(updated + offset, multiplyAdd(rate, step, weight))
  }
}

/**
 * torch.optim.Adam: m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= step m / (sqrt(v) / correction + epsilon).
 * Parameters: 0 floats. Settings (floats): 0 rate / (1 - b1^t), 1 b1, 2 1 - b1, 3 b2, 4 1 - b2, 5 sqrt(1 - b2^t), 6 epsilon.
 */
export function updateAdam(
  gradient: usize,
  weights: usize,
  updated: usize,
  first: usize,
  updatedFirst: usize,
  second: usize,
  updatedSecond: usize,
  settings: usize,
  p: usize,
): void {
  const bytes = (<usize>parameter(p, 0)) << 2
  const step = f32x4.splat(floatParameter(settings, 0))
  const firstDecay = f32x4.splat(floatParameter(settings, 1))
  const firstShare = f32x4.splat(floatParameter(settings, 2))
  const secondDecay = f32x4.splat(floatParameter(settings, 3))
  const secondShare = f32x4.splat(floatParameter(settings, 4))
  const correction = f32x4.splat(floatParameter(settings, 5))
  const epsilon = f32x4.splat(floatParameter(settings, 6))
  for (let offset: usize = 0; offset < bytes; offset += 16) {
    const weight = loadVector(weights, offset)
    const slope = loadVector(gradient, offset)
    const mean = multiplyAdd(firstDecay, loadVector(first, offset), f32x4.mul(firstShare, slope))
    const square = f32x4.mul(secondShare, f32x4.mul(slope, slope))
    const variance = multiplyAdd(secondDecay, loadVector(second, offset), square)
    v128.store(updatedFirst + offset, mean)
    v128.store(updatedSecond + offset, variance)
    const scale = f32x4.add(f32x4.div(f32x4.sqrt(variance), correction), epsilon)
    v128.store(updated + offset, f32x4.sub(weight, f32x4.div(f32x4.mul(step, mean), scale)))
  }
}
