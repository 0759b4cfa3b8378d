// The verdict from what was measured: a pure choice, so that other thresholds give other verdicts without a photo being
// looked at again.
import type { JudgeBasis, JudgeThresholds, Verdict, VerdictName } from '../../../verdict.ts'

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

const IMAGES_OF: Readonly<Record<JudgeBasis, string>> = {
  validation: 'the images held out from training',
  training: 'the training images that its limits come from',
}

function explain(name: VerdictName, evidence: Evidence, thresholds: JudgeThresholds): string {
  const { probability, entropy, strangeness, basis, contrast } = evidence
  switch (name) {
    case 'confident':
      return `It looks like the images that the model knows, and its probability is ${percent(probability, decimalsOf(probability))}.`
    case 'unsure': {
      const [found, limit] = tellSharesApart(probability, thresholds.probability)
      const others = entropy > 0.5 ? '; several classes are about as likely.' : '.'
      return `Its probability is ${found}, below ${limit}${others}`
    }
    case 'not-a-garment': {
      const [found, limit] = tellSharesApart(strangeness, thresholds.strangeness)
      return (
        `It looks stranger than ${found} of ${IMAGES_OF[basis]} (the limit is ${limit}): ` +
        'probably none of these garments.'
      )
    }
    case 'white-on-white': {
      const [found, limit] = tellApart(contrast ?? 0, thresholds.contrast, 1, writeDifference)
      return (
        `Garment and light background differ by ${found} (delta E; the limit is ${limit}): ` +
        'the dataset has no white garments on white.'
      )
    }
    default:
      return name satisfies never
  }
}

const MOST_DECIMALS = 6
/** What a product of two numbers may be too small by. */
const ROUNDING = 1e-9

type Write = (value: number, decimals: number) => string

/** Both with as few decimals, from `fewest` on, as it takes that they do not read the same. */
function tellApart(found: number, limit: number, fewest: number, write: Write): readonly [string, string] {
  for (let decimals = fewest; ; decimals++) {
    const pair = [write(found, decimals), write(limit, decimals)] as const
    if (pair[0] !== pair[1] || decimals === MOST_DECIMALS) return pair
  }
}

function tellSharesApart(found: number, limit: number): readonly [string, string] {
  return tellApart(found, limit, Math.max(decimalsOf(found), decimalsOf(limit)), percent)
}

/** Near to all of them it matters how near. */
const decimalsOf = (share: number): number => (share > 0.99 ? 1 : 0)

/** Rounded down, so that only what is all is 100 %. */
function percent(share: number, decimals: number): string {
  const scale = 10 ** decimals
  return `${(Math.floor(share * 100 * scale + ROUNDING) / scale).toFixed(decimals)} %`
}

const writeDifference: Write = (difference, decimals) => difference.toFixed(decimals)
