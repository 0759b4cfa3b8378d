// One number in, one number out, over stretches of tensors; and sums over rows. An item is a stretch of whole rows.
import { loadVector, loadSplat, parameter, rectify, storeLanes } from './lanes'

const ADD = 0
const SUBTRACT = 1
const MULTIPLY = 2

function combine(kind: i32, a: v128, b: v128): v128 {
  if (kind == ADD) return f32x4.add(a, b)
  if (kind == SUBTRACT) return f32x4.sub(a, b)
  if (kind == MULTIPLY) return f32x4.mul(a, b)
  return f32x4.div(a, b)
}

/**
 * result = a (kind) b, row by row; b is as large as a, one row for all, or a single number.
 * Parameters: 0 kind (0 add, 1 subtract, 2 multiply, 3 divide), 1 floats of a row, 2 rows in all, 3 rows of an item,
 * 4 what b is: 0 as large as a, 1 one row, 2 one number.
 */
export function combineRows(a: usize, b: usize, result: usize, p: usize, item: i32): void {
  const kind = parameter(p, 0)
  const length = parameter(p, 1)
  const rows = min(parameter(p, 3), parameter(p, 2) - item * parameter(p, 3))
  const shape = parameter(p, 4)
  for (let row = 0; row < rows; row++) {
    for (let index = 0; index < length; index += 4) {
      const offset = (<usize>index) << 2
      const right = shape == 2 ? loadSplat(b) : loadVector(b, offset)
      storeLanes(result + offset, combine(kind, loadVector(a, offset), right), length - index)
    }
    a += (<usize>length) << 2
    result += (<usize>length) << 2
    if (shape == 0) b += (<usize>length) << 2
  }
}

/** result = max(0, a), or with kind 1 the step function of a. Parameters: 0 kind, 1 floats in all, 2 floats of an item. */
export function mapElements(a: usize, result: usize, p: usize, item: i32): void {
  const stepped = parameter(p, 0) == 1
  const count = min(parameter(p, 2), parameter(p, 1) - item * parameter(p, 2))
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  for (let index = 0; index < count; index += 4) {
    const value = loadVector(a)
    storeLanes(result, stepped ? v128.and(f32x4.gt(value, zero), one) : rectify(value), count - index)
    a += 16
    result += 16
  }
}

/** sum[column] += over the item's rows. Parameters: 0 columns, 1 rows in all, 2 rows of an item. The sum is padded to vectors. */
export function addRows(a: usize, sum: usize, p: usize, item: i32): void {
  const columns = parameter(p, 0)
  const rows = min(parameter(p, 2), parameter(p, 1) - item * parameter(p, 2))
  for (let column = 0; column < columns; column += 4) {
    let from = a + ((<usize>column) << 2)
    let total = loadVector(sum)
    for (let row = 0; row < rows; row++) {
      total = f32x4.add(total, loadVector(from))
      from += (<usize>columns) << 2
    }
    v128.store(sum, total)
    sum += 16
  }
}

/** target[column][row] = source[row][column] of the item's rows. Parameters: 0 columns, 1 rows in all, 2 rows of an item. */
export function transposeRows(source: usize, target: usize, p: usize, item: i32): void {
  const columns = parameter(p, 0)
  const rows = min(parameter(p, 2), parameter(p, 1) - item * parameter(p, 2))
  const targetRow = (<usize>parameter(p, 1)) << 2
  for (let row = 0; row < rows; row++) {
    let to = target + ((<usize>row) << 2)
    for (let column = 0; column < columns; column++) {
      store<f32>(to, load<f32>(source))
      source += 4
      to += targetRow
    }
  }
}
