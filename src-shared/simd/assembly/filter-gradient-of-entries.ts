// The gradient of a convolution's filter and bias from one image behind a max pooling, added to what earlier images left:
// only the entries that survived the pooling count, each times the run of input that its pixel saw.
import { loadVector, loadSplat, multiplyAdd, parameter } from './lanes'
import { ENTRY_BYTES } from './gradient-entries'

/**
 * filter[channel][row][tap] += sum over the channel's entries of value * input, and bias[channel] += sum of the values.
 * Parameters: 0 output channels, 1 entries that a channel has room for, 2 bytes of an input pixel, 3 bytes from one
 * input row to the next, 4 rows of the filter, 5 vectors of a filter row (the last may reach past its taps).
 */
export function addFilterGradientOfEntries(
  input: usize,
  entries: usize,
  counts: usize,
  filter: usize,
  bias: usize,
  parameters: usize,
): void {
  const channels = parameter(parameters, 0)
  const capacity = <usize>parameter(parameters, 1) * ENTRY_BYTES
  const pixelBytes = <usize>parameter(parameters, 2)
  const inputRow = <usize>parameter(parameters, 3)
  const rows = parameter(parameters, 4)
  const vectors = parameter(parameters, 5)
  for (let channel = 0; channel < channels; channel++) {
    const end = entries + <usize>load<i32>(counts + ((<usize>channel) << 2)) * ENTRY_BYTES
    let sum: f32 = 0
    for (let entry = entries; entry < end; entry += ENTRY_BYTES) sum += load<f32>(entry, 4)
    const biasAt = bias + ((<usize>channel) << 2)
    store<f32>(biasAt, load<f32>(biasAt) + sum)
    for (let row = 0; row < rows; row++) {
      let from = input + <usize>row * inputRow
      let vector = 0
      for (; vector + 8 <= vectors; vector += 8) {
        addEightVectors(entries, end, from, pixelBytes, filter)
        from += 128
        filter += 128
      }
      for (; vector + 4 <= vectors; vector += 4) {
        addFourVectors(entries, end, from, pixelBytes, filter)
        from += 64
        filter += 64
      }
      for (; vector < vectors; vector++) {
        addOneVector(entries, end, from, pixelBytes, filter)
        from += 16
        filter += 16
      }
    }
    entries += capacity
  }
}

function addEightVectors(entry: usize, end: usize, input: usize, pixelBytes: usize, filter: usize): void {
  let s0 = loadVector(filter)
  let s1 = loadVector(filter, 16)
  let s2 = loadVector(filter, 32)
  let s3 = loadVector(filter, 48)
  let s4 = loadVector(filter, 64)
  let s5 = loadVector(filter, 80)
  let s6 = loadVector(filter, 96)
  let s7 = loadVector(filter, 112)
  for (; entry < end; entry += ENTRY_BYTES) {
    const from = input + <usize>load<i32>(entry) * pixelBytes
    const value = loadSplat(entry + 4)
    s0 = multiplyAdd(loadVector(from), value, s0)
    s1 = multiplyAdd(loadVector(from, 16), value, s1)
    s2 = multiplyAdd(loadVector(from, 32), value, s2)
    s3 = multiplyAdd(loadVector(from, 48), value, s3)
    s4 = multiplyAdd(loadVector(from, 64), value, s4)
    s5 = multiplyAdd(loadVector(from, 80), value, s5)
    s6 = multiplyAdd(loadVector(from, 96), value, s6)
    s7 = multiplyAdd(loadVector(from, 112), value, s7)
  }
  v128.store(filter, s0)
  v128.store(filter, s1, 16)
  v128.store(filter, s2, 32)
  v128.store(filter, s3, 48)
  v128.store(filter, s4, 64)
  v128.store(filter, s5, 80)
  v128.store(filter, s6, 96)
  v128.store(filter, s7, 112)
}

function addFourVectors(entry: usize, end: usize, input: usize, pixelBytes: usize, filter: usize): void {
  let s0 = loadVector(filter)
  let s1 = loadVector(filter, 16)
  let s2 = loadVector(filter, 32)
  let s3 = loadVector(filter, 48)
  for (; entry < end; entry += ENTRY_BYTES) {
    const from = input + <usize>load<i32>(entry) * pixelBytes
    const value = loadSplat(entry + 4)
    s0 = multiplyAdd(loadVector(from), value, s0)
    s1 = multiplyAdd(loadVector(from, 16), value, s1)
    s2 = multiplyAdd(loadVector(from, 32), value, s2)
    s3 = multiplyAdd(loadVector(from, 48), value, s3)
  }
  v128.store(filter, s0)
  v128.store(filter, s1, 16)
  v128.store(filter, s2, 32)
  v128.store(filter, s3, 48)
}

function addOneVector(entry: usize, end: usize, input: usize, pixelBytes: usize, filter: usize): void {
  let sum = loadVector(filter)
  for (; entry < end; entry += ENTRY_BYTES) {
    sum = multiplyAdd(loadVector(input + <usize>load<i32>(entry) * pixelBytes), loadSplat(entry + 4), sum)
  }
  v128.store(filter, sum)
}
