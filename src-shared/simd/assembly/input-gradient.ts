// The gradient of a convolution's input from the entries that survived max pooling: each entry adds its value times the
// filter to the patch of input that its pixel saw. (The dense gradient is a convolution with the turned filter.)
// Pixels take whole vectors here, so that a store and the next entry's load of the same place always line up.
import { loadVector, loadSplat, multiplyAdd, parameter } from './lanes'
import { ENTRY_BYTES } from './gradient-entries'

/**
 * inputGradient[patch of the entry] += value * filter, over all entries of all channels.
 * Parameters: 0 output channels, 1 entries that a channel has room for, 2 bytes of an input gradient's pixel, 3 bytes
 * from one of its rows to the next, 4 rows of the filter, 5 vectors of a filter row.
 * The filter is packed [output channel][row][vectors] by packFilterByChannel.
 */
export function addInputGradientOfEntries(
  entries: usize,
  counts: usize,
  filter: usize,
  inputGradient: usize,
  parameters: usize,
): void {
  const channels = parameter(parameters, 0)
  const capacity = <usize>parameter(parameters, 1) * ENTRY_BYTES
  const pixelBytes = <usize>parameter(parameters, 2)
  const rowBytes = <usize>parameter(parameters, 3)
  const rows = parameter(parameters, 4)
  const vectors = parameter(parameters, 5)
  for (let channel = 0; channel < channels; channel++) {
    const end = entries + <usize>load<i32>(counts + ((<usize>channel) << 2)) * ENTRY_BYTES
    for (let row = 0; row < rows; row++) {
      let to = inputGradient + <usize>row * rowBytes
      let vector = 0
      for (; vector + 9 <= vectors; vector += 9) {
        scatterNine(entries, end, filter, to, pixelBytes)
        filter += 144
        to += 144
      }
      for (; vector + 3 <= vectors; vector += 3) {
        scatterThree(entries, end, filter, to, pixelBytes)
        filter += 48
        to += 48
      }
      for (; vector < vectors; vector++) {
        scatterOne(entries, end, filter, to, pixelBytes)
        filter += 16
        to += 16
      }
    }
    entries += capacity
  }
}

function addProduct(to: usize, weight: v128, value: v128, offset: usize): void {
  v128.store(to + offset, multiplyAdd(weight, value, loadVector(to, offset)))
}

function scatterNine(entry: usize, end: usize, filter: usize, gradient: usize, pixelBytes: usize): void {
  const w0 = loadVector(filter)
  const w1 = loadVector(filter, 16)
  const w2 = loadVector(filter, 32)
  const w3 = loadVector(filter, 48)
  const w4 = loadVector(filter, 64)
  const w5 = loadVector(filter, 80)
  const w6 = loadVector(filter, 96)
  const w7 = loadVector(filter, 112)
  const w8 = loadVector(filter, 128)
  for (; entry < end; entry += ENTRY_BYTES) {
    const to = gradient + <usize>load<i32>(entry) * pixelBytes
    const value = loadSplat(entry + 4)
    addProduct(to, w0, value, 0)
    addProduct(to, w1, value, 16)
    addProduct(to, w2, value, 32)
    addProduct(to, w3, value, 48)
    addProduct(to, w4, value, 64)
    addProduct(to, w5, value, 80)
    addProduct(to, w6, value, 96)
    addProduct(to, w7, value, 112)
    addProduct(to, w8, value, 128)
  }
}

function scatterThree(entry: usize, end: usize, filter: usize, gradient: usize, pixelBytes: usize): void {
  const w0 = loadVector(filter)
  const w1 = loadVector(filter, 16)
  const w2 = loadVector(filter, 32)
  for (; entry < end; entry += ENTRY_BYTES) {
    const to = gradient + <usize>load<i32>(entry) * pixelBytes
    const value = loadSplat(entry + 4)
    addProduct(to, w0, value, 0)
    addProduct(to, w1, value, 16)
    addProduct(to, w2, value, 32)
  }
}

function scatterOne(entry: usize, end: usize, filter: usize, gradient: usize, pixelBytes: usize): void {
  const weight = loadVector(filter)
  for (; entry < end; entry += ENTRY_BYTES) {
    addProduct(gradient + <usize>load<i32>(entry) * pixelBytes, weight, loadSplat(entry + 4), 0)
  }
}
