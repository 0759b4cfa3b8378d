// The directions in which features differ most. Source: orthogonal (subspace) iteration, Golub and Van Loan, 8.2.4.
import { Random } from '../../random.ts'

const ROUNDS = 20

/**
 * The leading eigenvectors of a symmetric matrix with no negative eigenvalues, orthonormal, largest first.
 * @param matrix [size, size], row-major
 * @returns [count, size], row-major
 */
export function findPrincipalComponents(
  matrix: ArrayLike<number>,
  size: number,
  count: number,
): Float64Array {
  const random = new Random(0)
  let vectors = Float64Array.from({ length: count * size }, () => random.uniform(-1, 1))
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(count * size)
    for (let v = 0; v < count; v++)
      for (let i = 0; i < size; i++) {
        let sum = 0
        for (let j = 0; j < size; j++) sum += (matrix[i * size + j] ?? 0) * (vectors[v * size + j] ?? 0)
        next[v * size + i] = sum
      }
    orthonormalise(next, size, count)
    vectors = next
  }
  return vectors
}

/** Gram and Schmidt, twice for the rounding; a vector that vanishes becomes zero. */
function orthonormalise(vectors: Float64Array, size: number, count: number): void {
  for (let v = 0; v < count; v++) {
    const own = vectors.subarray(v * size, (v + 1) * size)
    const before = Math.hypot(...own)
    for (let pass = 0; pass < 2; pass++)
      for (let u = 0; u < v; u++) {
        const other = vectors.subarray(u * size, (u + 1) * size)
        const along = own.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0)
        for (let i = 0; i < size; i++) own[i] = (own[i] ?? 0) - along * (other[i] ?? 0)
      }
    const length = Math.hypot(...own)
    const scale = length > before * 1e-9 && length > 0 ? 1 / length : 0
    for (let i = 0; i < size; i++) own[i] = (own[i] ?? 0) * scale
  }
}
