// All that is found by looking at pixels alone, stage after stage.
import { MAX_FINDINGS, type QualityReport, type QualityStage } from '../../quality.ts'
import { findDuplicateGroups, NEAR_LIMIT } from './duplicate-groups.ts'
import type { ImagePool } from './image-pool.ts'
import { findPoorImages } from './low-information.ts'
import { measureClassDistances, placeClasses } from './nearest-in-class.ts'
import { findOutliers, findTypicalImages } from './outliers.ts'

/** How many neighbours of its class an image is measured against. */
export const NEIGHBOURS = 10

export type PixelFindings = Pick<QualityReport, 'duplicates' | 'outliers' | 'poor'>
/** Told before each stage and, with the share that is done, during it. */
export type TellStage = (stage: QualityStage, share: number) => void

const MAX_MEMBERS = 2000

export function inspectPixels(pool: ImagePool, tell: TellStage): PixelFindings {
  tell('information', 0)
  const labelOf = (image: number): number => pool.labels[image] ?? 0
  const poor = findPoorImages(pool).map((finding) => ({ ...finding, label: labelOf(finding.image) }))
  tell('duplicates', 0)
  const groups = findDuplicateGroups(pool, (share) => tell('duplicates', share)).map((group) => ({
    ...group,
    members: group.members.slice(0, MAX_MEMBERS),
  }))
  tell('outliers', 0)
  const classes = placeClasses(pool)
  const distances = measureClassDistances(pool, classes, NEIGHBOURS, (share) => tell('outliers', share))
  const outliers = findOutliers(distances, classes).map((one) => ({ ...one, label: labelOf(one.image) }))
  const typical = classes.map((points) => findTypicalImages(pool, points))
  return {
    poor: keepWorst(poor),
    duplicates: { ...keepWorst(groups), limit: NEAR_LIMIT },
    outliers: { ...keepWorst(outliers), neighbours: NEIGHBOURS, typical },
  }
}

/** @param findings the most severe first */
export function keepWorst<Finding>(findings: readonly Finding[]): { found: number; findings: Finding[] } {
  return { found: findings.length, findings: findings.slice(0, MAX_FINDINGS) }
}
