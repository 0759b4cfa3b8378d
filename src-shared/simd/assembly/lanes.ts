// The few vector moves that every kernel shares. A "vector" is four 32-bit floats; a "splat" is one float four times.

/** Four floats from `pointer`. */
export function loadVector(pointer: usize, offset: usize = 0): v128 {
  return v128.load(pointer + offset)
}

/** One float of `pointer`, four times. */
export function loadSplat(pointer: usize): v128 {
  return v128.load32_splat(pointer)
}

/** a * b + c, rounded once where the processor can. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.relaxed_madd(a, b, c)
}

/** The first `count` (1 to 4) floats of a vector, and nothing behind them. */
export function storeLanes(pointer: usize, vector: v128, count: i32): void {
  if (count >= 4) {
    v128.store(pointer, vector)
  } else if (count == 2) {
    v128.store64_lane(pointer, vector, 0)
  } else if (count == 1) {
    v128.store32_lane(pointer, vector, 0)
  } else {
    v128.store64_lane(pointer, vector, 0)
    v128.store32_lane(pointer, vector, 2, 8)
  }
}

/** max(0, x), and NaN stays NaN. */
export function rectify(vector: v128): v128 {
  return f32x4.pmax(vector, f32x4.splat(0))
}

/** Word `index` (32 bits, signed) of an instruction's parameters. */
export function parameter(parameters: usize, index: i32): i32 {
  return load<i32>(parameters + (index << 2))
}

/** Word `index` of an instruction's parameters, read as a float. */
export function floatParameter(parameters: usize, index: i32): f32 {
  return load<f32>(parameters + (index << 2))
}
