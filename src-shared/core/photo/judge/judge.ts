// Judges inputs for one run: calibrated probabilities, how strange an input looks, what it looks like, and the verdict. It is
// fitted once for a run (fit-judge.ts) and kept (judge-file.ts).
//
// Strangeness is sqrt(d^2 + e^2 + c^2 + r^2), each in standard deviations of the validation images: d the distance to the
// third nearest training image and e the missing evidence (minus the highest logit), both where above the mean; c coverage
// and r roughness, to either side. What is told of it is its rank among the validation images.
// Sources: Sun and others 2022, "Out-of-distribution detection with deep nearest neighbors"; Hendrycks and others 2022,
// "Scaling out-of-distribution detection for real-world settings" (maximum logit); Guo and others 2017 (temperature).
import type { PhotoMeasures } from '../../../preparation.ts'
import type { JudgeBasis, Judgement, JudgeThresholds, RankedLabel } from '../../../verdict.ts'
import { decideVerdict } from './decide-verdict.ts'
import { describeLook } from './look.ts'
import { findNearest, type References } from './references.ts'
import { toProbabilities } from '../../statistics/temperature.ts'
import { normalisedEntropy } from './entropy.ts'

/** Mean and standard deviation over the validation images. */
export interface Usual {
  readonly mean: number
  readonly deviation: number
}

export interface Judge {
  readonly classes: number
  readonly width: number
  readonly height: number
  readonly temperature: number
  readonly basis: JudgeBasis
  readonly distance: Usual
  readonly evidence: Usual
  readonly coverage: Usual
  readonly roughness: Usual
  /** Strangeness of the validation images at evenly spaced ranks, ascending. */
  readonly ranks: Float32Array
  /** The run's own limits. */
  readonly thresholds: JudgeThresholds
  readonly references: References
}

/** The training image whose distance counts: one odd neighbour is no proof. */
const COUNTED_NEIGHBOUR = 3
const SHOWN_NEIGHBOURS = 5
/** Lighter than this a background is white enough for white on white. */
const LIGHT_BACKGROUND = 0.75

/**
 * @param input [height, width] bytes
 * @param logits of that input: see answerInputs
 * @param measures of the photo's preparation; null for an image of a dataset
 * @param thresholds null for the run's own
 */
export function judgeInput(
  judge: Judge,
  input: Uint8Array,
  logits: Float32Array,
  measures: PhotoMeasures | null,
  thresholds: JudgeThresholds | null = null,
): Judgement {
  const ranking = rankLabels(logits, judge.temperature)
  const { score, neighbours } = measureStrangeness(judge, input, logits)
  const isLight = measures !== null && measures.backgroundTone > LIGHT_BACKGROUND
  const evidence = {
    probability: ranking[0]?.probability ?? 0,
    entropy: normalisedEntropy(Float32Array.from(ranking, ({ probability }) => probability)),
    strangeness: rankOf(judge.ranks, score),
    basis: judge.basis,
    contrast: isLight ? measures.contrast : null,
  }
  return { ranking, verdict: decideVerdict(evidence, thresholds ?? judge.thresholds), neighbours }
}

/** All classes, most probable first; of equals the lower class number. */
export function rankLabels(logits: Float32Array, temperature: number): RankedLabel[] {
  const probabilities = toProbabilities(logits, temperature)
  return Array.from(probabilities, (probability, label) => ({ label, probability })).toSorted(
    (a, b) => b.probability - a.probability,
  )
}

/** What strangeness needs of a judge: known before its ranks are. */
export type Yardstick = Pick<
  Judge,
  'width' | 'height' | 'distance' | 'evidence' | 'coverage' | 'roughness' | 'references'
>

export function measureStrangeness(yardstick: Yardstick, input: Uint8Array, logits: Float32Array) {
  const { distance, evidence, coverage, roughness, neighbours } = measureInput(yardstick, input, logits)
  const score = Math.hypot(
    Math.max(0, deviate(yardstick.distance, distance)),
    Math.max(0, deviate(yardstick.evidence, evidence)),
    deviate(yardstick.coverage, coverage),
    deviate(yardstick.roughness, roughness),
  )
  return { score, neighbours }
}

/** The four numbers behind strangeness, and the training images most alike. */
export function measureInput(
  { width, height, references }: Pick<Yardstick, 'width' | 'height' | 'references'>,
  input: Uint8Array,
  logits: Float32Array,
) {
  const { tones, coverage, roughness } = describeLook(input, width, height)
  const neighbours = findNearest(references, tones, SHOWN_NEIGHBOURS)
  const counted = neighbours[Math.min(COUNTED_NEIGHBOUR, neighbours.length) - 1]
  return { distance: counted?.distance ?? 0, evidence: -Math.max(...logits), coverage, roughness, neighbours }
}

function deviate({ mean, deviation }: Usual, value: number): number {
  return (value - mean) / Math.max(deviation, 1e-6)
}

/** Share of the sorted values that lie below, between two of them in proportion. */
export function rankOf(ranks: Float32Array, value: number): number {
  const above = ranks.findIndex((rank) => rank > value)
  if (above < 0) return 1
  if (above === 0) return 0
  const low = ranks[above - 1] ?? 0
  const high = ranks[above] ?? 0
  return (above - 1 + (value - low) / (high - low)) / (ranks.length - 1)
}
