// Confident learning: which given labels are likely wrong, from probabilities of a model that did not learn from the image
// in question. After Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", Journal of
// Artificial Intelligence Research 70 (2021); symbols as there: given label i, likely true label j.

export interface LabelledProbabilities {
  readonly classes: number
  /** [images, classes], each row sums to 1. */
  readonly probabilities: Float32Array
  /** Given labels. [images] */
  readonly labels: Uint8Array
}

export interface ConfidentJoint {
  /** t_j: mean probability of class j over the images that are labelled j; 1 where there are none. [classes] */
  readonly thresholds: readonly number[]
  /** C[i][j]: images labelled i that are confidently j. */
  readonly counts: readonly (readonly number[])[]
  /** Q[i][j]: estimated share of all images that are labelled i and are j; sums to 1. */
  readonly joint: readonly (readonly number[])[]
}

export interface LabelIssue {
  readonly image: number
  readonly given: number
  readonly suggested: number
  readonly givenProbability: number
  readonly suggestedProbability: number
  /** Margin p(suggested) - p(given), 0..1: the larger, the likelier the given label is wrong. */
  readonly score: number
}

/** Self-confidence thresholds t_j (equation 2). */
export function findThresholds({ classes, probabilities, labels }: LabelledProbabilities): number[] {
  const sums = new Float64Array(classes)
  const counts = new Uint32Array(classes)
  labels.forEach((label, image) => {
    sums[label] = (sums[label] ?? 0) + (probabilities[image * classes + label] ?? 0)
    counts[label] = (counts[label] ?? 0) + 1
  })
  return Array.from(sums, (sum, label) => (counts[label] === 0 ? 1 : sum / (counts[label] ?? 1)))
}

/**
 * The confident joint C (equation 1: an image counts for the likeliest of the classes whose threshold it reaches, and not
 * at all where it reaches none) and the joint distribution Q made of it (equation 3: rows scaled to the number of images
 * with the label, then all to 1).
 */
export function estimateJoint(data: LabelledProbabilities): ConfidentJoint {
  const { classes, probabilities, labels } = data
  const thresholds = findThresholds(data)
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  labels.forEach((given, image) => {
    const confident = findConfidentClass(probabilities, image * classes, thresholds)
    const row = counts[given]
    if (row !== undefined && confident !== null) row[confident] = (row[confident] ?? 0) + 1
  })
  return { thresholds, counts, joint: calibrate(counts, labels) }
}

function findConfidentClass(
  probabilities: Float32Array,
  from: number,
  thresholds: readonly number[],
): number | null {
  let best: number | null = null
  thresholds.forEach((threshold, label) => {
    const probability = probabilities[from + label] ?? 0
    if (probability < threshold) return
    if (best === null || probability > (probabilities[from + best] ?? 0)) best = label
  })
  return best
}

function calibrate(counts: readonly (readonly number[])[], labels: Uint8Array): number[][] {
  const given = new Uint32Array(counts.length)
  for (const label of labels) given[label] = (given[label] ?? 0) + 1
  const total = Math.max(1, labels.length)
  return counts.map((row, label) => {
    const sum = row.reduce((all, count) => all + count, 0)
    const share = (given[label] ?? 0) / total
    // Nothing is confident in a class of which nothing is sure: then its labels are taken as right.
    return row.map((count, other) => {
      if (sum === 0) return label === other ? share : 0
      return (count / sum) * share
    })
  })
}

/**
 * Images that two ways of pruning agree on ('C+NR', section 3.2, method 5). By noise rate: of the images labelled i, as many
 * as the joint says are j, those with the largest margin p(j) - p(i). By class: of the images labelled i, as many as the
 * joint says are not i, those with the smallest p(i). An image whose label the model itself prefers is never one, and one
 * that is chosen for several classes counts for the likeliest. Most likely wrong first.
 */
export function findLabelIssues(data: LabelledProbabilities, { joint }: ConfidentJoint): LabelIssue[] {
  const { classes, labels } = data
  const chosen = new Map<number, LabelIssue>()
  const byLabel: number[][] = Array.from({ length: classes }, () => [])
  labels.forEach((label, image) => byLabel[label]?.push(image))
  joint.forEach((row, given) => {
    const unsure = pruneByClass(data, byLabel[given] ?? [], given, row)
    row.forEach((share, suggested) => {
      const count = Math.round(share * labels.length)
      if (given === suggested || count === 0) return
      const issues = (byLabel[given] ?? []).map((image) => describe(data, image, suggested))
      for (const issue of issues.sort(byScore).slice(0, count)) {
        if (unsure.has(issue.image)) keepLikelier(chosen, issue)
      }
    })
  })
  return [...chosen.values()].filter((issue) => issue.score > 0 && isTop(data, issue)).sort(byScore)
}

/** The images whose label has the smallest probability, as many as the joint says are of another class. */
function pruneByClass(
  { classes, probabilities, labels }: LabelledProbabilities,
  images: readonly number[],
  given: number,
  row: readonly number[],
): Set<number> {
  const share = row.reduce((sum, one, label) => (label === given ? sum : sum + one), 0)
  const own = (image: number): number => probabilities[image * classes + given] ?? 0
  const sorted = images.toSorted((a, b) => own(a) - own(b) || a - b)
  return new Set(sorted.slice(0, Math.round(share * labels.length)))
}

/** The estimated share of images whose label is wrong: all of Q beside its diagonal. */
export function estimateErrorShare({ joint }: Pick<ConfidentJoint, 'joint'>): number {
  const right = joint.reduce((sum, row, label) => sum + (row[label] ?? 0), 0)
  return Math.max(0, 1 - right)
}

function describe(
  { classes, probabilities, labels }: LabelledProbabilities,
  image: number,
  suggested: number,
): LabelIssue {
  const given = labels[image] ?? 0
  const givenProbability = probabilities[image * classes + given] ?? 0
  const suggestedProbability = probabilities[image * classes + suggested] ?? 0
  const score = suggestedProbability - givenProbability
  return { image, given, suggested, givenProbability, suggestedProbability, score }
}

function keepLikelier(chosen: Map<number, LabelIssue>, issue: LabelIssue): void {
  const known = chosen.get(issue.image)
  if (known === undefined || issue.score > known.score) chosen.set(issue.image, issue)
}

/** Whether no class is likelier than the suggested one. */
function isTop(
  { classes, probabilities }: LabelledProbabilities,
  { image, suggestedProbability }: LabelIssue,
): boolean {
  const row = probabilities.subarray(image * classes, (image + 1) * classes)
  return row.every((probability) => probability <= suggestedProbability)
}

function byScore(a: LabelIssue, b: LabelIssue): number {
  return b.score - a.score || a.image - b.image
}
