// Equal and nearly equal images as groups: pairs joined by union-find. A group may be a chain whose ends differ by more
// than the limit, so each member says how far its nearest fellow is.
import type { DuplicateGroup } from '../../quality.ts'
import { areEqual, findExactDuplicates } from './exact-duplicates.ts'
import type { ImagePool } from './image-pool.ts'
import { findNearDuplicates } from './near-duplicates.ts'
import { UnionFind } from './union-find.ts'

/**
 * As a share, see near-duplicates.ts. In Fashion-MNIST the pairs below it are the same product or the same cut
 * photographed the same way; from 0.12 on, plain trousers and T-shirts that are merely alike take over.
 */
export const NEAR_LIMIT = 0.1

/** Groups that leak first, then the nearest. */
export function findDuplicateGroups(
  pool: ImagePool,
  onProgress: (share: number) => void = () => undefined,
  limit = NEAR_LIMIT,
): DuplicateGroup[] {
  const sets = new UnionFind(pool.count)
  const nearest = new Float64Array(pool.count).fill(Number.POSITIVE_INFINITY)
  const isCopy = new Uint8Array(pool.count)
  for (const [first, copy] of findExactDuplicates(pool)) {
    sets.join(first, copy)
    isCopy[copy] = 1
    nearest[first] = nearest[copy] = 0
  }
  const originals = Uint32Array.from(isCopy.keys()).filter((image) => isCopy[image] === 0)
  const join = (first: number, second: number, distance: number): void => {
    sets.join(first, second)
    nearest[first] = Math.min(nearest[first] ?? distance, distance)
    nearest[second] = Math.min(nearest[second] ?? distance, distance)
  }
  findNearDuplicates(pool, originals, limit, join, onProgress)
  return sets
    .groups()
    .map((images) => describeGroup(pool, images, nearest))
    .sort(bySeverity)
}

function describeGroup(pool: ImagePool, images: readonly number[], nearest: Float64Array): DuplicateGroup {
  const members = images.map((image) => ({
    image,
    label: pool.labels[image] ?? 0,
    distance: nearest[image] ?? 0,
  }))
  const first = images[0] ?? 0
  return {
    // Members of a chain may each have a copy and yet differ, so only the pixels decide.
    exact: images.every((image) => areEqual(pool, first, image)),
    distance: members.reduce((least, { distance }) => Math.min(least, distance), Number.POSITIVE_INFINITY),
    members,
    leaks: first < pool.trainCount && (images.at(-1) ?? 0) >= pool.trainCount,
    disagrees: new Set(members.map(({ label }) => label)).size > 1,
  }
}

function bySeverity(a: DuplicateGroup, b: DuplicateGroup): number {
  return (
    Number(b.leaks) - Number(a.leaks) ||
    a.distance - b.distance ||
    (a.members[0]?.image ?? 0) - (b.members[0]?.image ?? 0)
  )
}
