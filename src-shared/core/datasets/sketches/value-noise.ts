// Value noise: random numbers on a lattice, blended smoothly between: folds, flowers, worn places.
import type { Random } from '../../random.ts'
import { SIDE } from './size.ts'

/** A smooth random field over the picture, -1..1, with lattice cells of so many pixels. */
export function valueNoise(
  random: Random,
  cellWidth: number,
  cellHeight: number,
): (x: number, y: number) => number {
  const columns = Math.floor(SIDE / cellWidth) + 2
  const rows = Math.floor(SIDE / cellHeight) + 2
  const lattice = new Float32Array(columns * rows)
  for (let i = 0; i < lattice.length; i++) lattice[i] = random.uniform(-1, 1)
  return (x, y) => {
    const column = Math.floor(x / cellWidth)
    const row = Math.floor(y / cellHeight)
    const across = ease(x / cellWidth - column)
    const down = ease(y / cellHeight - row)
    const corner = row * columns + column
    const upper = blend(lattice[corner] ?? 0, lattice[corner + 1] ?? 0, across)
    const lower = blend(lattice[corner + columns] ?? 0, lattice[corner + columns + 1] ?? 0, across)
    return blend(upper, lower, down)
  }
}

function ease(t: number): number {
  return t * t * (3 - 2 * t)
}

function blend(from: number, to: number, share: number): number {
  return from + (to - from) * share
}
