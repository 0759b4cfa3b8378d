// exp and log in single precision, by Cephes's polynomials (expf.c, logf.c): within two units of the last place.
// Written out so that no table lies in memory and every machine computes the same steps.

/** e to the power x; 0 below -87.3, and infinity above 88.7. */
export function exponential(x: f32): f32 {
  if (x < -87.3) return 0
  if (x > 88.7) return Infinity
  const power = floor<f32>(<f32>1.44269504 * x + <f32>0.5)
  const rest = x - power * <f32>0.693359375 - power * <f32>-2.1219444e-4
  let sum: f32 = 1.98756915e-4
  sum = sum * rest + <f32>1.3981999507e-3
  sum = sum * rest + <f32>8.3334519073e-3
  sum = sum * rest + <f32>4.1665795894e-2
  sum = sum * rest + <f32>1.6666665459e-1
  sum = sum * rest + <f32>5.0000001201e-1
  sum = sum * rest * rest + rest + 1
  const half = (<i32>power) >> 1
  return sum * powerOfTwo(half) * powerOfTwo(<i32>power - half)
}

function powerOfTwo(exponent: i32): f32 {
  return reinterpret<f32>((exponent + 127) << 23)
}

/** The same for four numbers at once, for -87.3 to 88; beyond, the value at the end. */
export function exponentials(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87.3)), f32x4.splat(88))
  const power = f32x4.floor(f32x4.add(f32x4.mul(bounded, f32x4.splat(1.44269504)), f32x4.splat(0.5)))
  const coarse = f32x4.sub(bounded, f32x4.mul(power, f32x4.splat(0.693359375)))
  const rest = f32x4.add(coarse, f32x4.mul(power, f32x4.splat(2.1219444e-4)))
  let sum = f32x4.splat(1.98756915e-4)
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.3981999507e-3))
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(8.3334519073e-3))
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(4.1665795894e-2))
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.6666665459e-1))
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(5.0000001201e-1))
  sum = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(sum, rest), rest), rest), f32x4.splat(1))
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127)), 23)
  return f32x4.mul(sum, exponent)
}

/** The natural logarithm of a positive, normal x. */
export function logarithm(x: f32): f32 {
  const bits = reinterpret<i32>(x)
  let exponent = <f32>((bits >> 23) - 126)
  let rest = reinterpret<f32>((bits & 0x007fffff) | 0x3f000000)
  if (rest < <f32>0.70710678) {
    exponent -= 1
    rest += rest
  }
  rest -= 1
  const square = rest * rest
  let sum: f32 = 7.0376836292e-2
  sum = sum * rest + <f32>-1.151461031e-1
  sum = sum * rest + <f32>1.167699874e-1
  sum = sum * rest + <f32>-1.2420140846e-1
  sum = sum * rest + <f32>1.4249322787e-1
  sum = sum * rest + <f32>-1.6668057665e-1
  sum = sum * rest + <f32>2.0000714765e-1
  sum = sum * rest + <f32>-2.4999993993e-1
  sum = sum * rest + <f32>3.3333331174e-1
  sum = sum * rest * square + exponent * <f32>-2.1219444e-4 - <f32>0.5 * square
  return rest + sum + exponent * <f32>0.693359375
}
