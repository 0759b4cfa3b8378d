// The verdict from what was measured: a pure choice, so that other thresholds give other verdicts without a photo being
// looked at again.
import type { JudgeThresholds, Verdict, VerdictName } from '../../../verdict.ts'

export type Evidence = Omit<Verdict, 'name' | 'reason'>

/** The first of these that holds: white on white, no garment, unsure; else confident. */
export function decideVerdict(evidence: Evidence, thresholds: JudgeThresholds): Verdict {
  const name = chooseName(evidence, thresholds)
  return { ...evidence, name, reason: explain(name, evidence, thresholds) }
}

function chooseName(
  { probability, strangeness, contrast }: Evidence,
  thresholds: JudgeThresholds,
): VerdictName {
  if (contrast !== null && contrast < thresholds.contrast) return 'white-on-white'
  if (strangeness > thresholds.strangeness) return 'not-a-garment'
  return probability < thresholds.probability ? 'unsure' : 'confident'
}

function explain(name: VerdictName, evidence: Evidence, thresholds: JudgeThresholds): string {
  const { probability, entropy, strangeness, contrast } = evidence
  switch (name) {
    case 'confident':
      return `It looks like the images that the model knows, and its probability is ${percent(probability)}.`
    case 'unsure':
      return (
        `Its probability is ${percent(probability)}, below ${percent(thresholds.probability)}` +
        (entropy > 0.5 ? '; several classes are about as likely.' : '.')
      )
    case 'not-a-garment':
      return (
        `It looks stranger than ${percent(strangeness)} of the images held out from training ` +
        `(the limit is ${percent(thresholds.strangeness)}): probably none of these garments.`
      )
    case 'white-on-white':
      return (
        `Garment and light background differ by ${(contrast ?? 0).toFixed(1)} (delta E; the limit is ` +
        `${thresholds.contrast}): the dataset has no white garments on white.`
      )
    default:
      return name satisfies never
  }
}

const percent = (share: number): string =>
  `${(Math.floor(share * 1000) / 10).toFixed(share > 0.99 ? 1 : 0)} %`
