// The labels of some images of a dataset judged by the probabilities that a model gives for them.
import type { LabelSource, QualityReport } from '../../quality.ts'
import {
  estimateErrorShare,
  estimateJoint,
  findLabelIssues,
  type LabelledProbabilities,
} from './confident-learning.ts'
import type { ImagePool } from './image-pool.ts'
import { keepWorst } from './inspect-pixels.ts'

/** @param images the images judged, in the order of the rows of `probabilities` [images, classes] */
export function judgeLabels(
  { labels: all, classes, trainCount }: Pick<ImagePool, 'labels' | 'classes' | 'trainCount'>,
  images: Uint32Array,
  probabilities: Float32Array,
  source: LabelSource,
): QualityReport['labels'] {
  const labels = Uint8Array.from(images, (image) => all[image] ?? 0)
  const data = { classes, probabilities, labels }
  const joint = estimateJoint(data)
  const issues = findLabelIssues(data, joint)
  const train = images.filter((image) => image < trainCount).length
  return {
    ...keepWorst(issues.map((issue) => ({ ...issue, image: images[issue.image] ?? 0 }))),
    source,
    covered: { train, test: images.length - train },
    agreement: measureAgreement(data),
    errorShare: estimateErrorShare(joint),
    joint: joint.joint.map((row) => [...row]),
  }
}

/** Share of images whose label no other class is likelier than. */
function measureAgreement({ classes, probabilities, labels }: LabelledProbabilities): number {
  const agreeing = labels.filter((label, image) => {
    const row = probabilities.subarray(image * classes, (image + 1) * classes)
    return row.every((probability) => probability <= (row[label] ?? 0))
  })
  return labels.length === 0 ? 0 : agreeing.length / labels.length
}
