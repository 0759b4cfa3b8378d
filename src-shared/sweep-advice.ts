// What to know before a sweep starts: settings that fight each other and comparisons that cannot answer. Each piece of
// advice has a reason in words and, where there is one, the change that mends it.
import type { Experiment } from './experiment.ts'
import type { FieldTexts, SweepDataset } from './field-texts.ts'
import type { Sweep } from './sweep.ts'

export interface Advice {
  readonly id: string
  /** 'warning' spoils a result; 'note' is to be known when reading it. */
  readonly level: 'warning' | 'note'
  readonly title: string
  readonly text: string
  readonly change: { readonly label: string; readonly texts: FieldTexts } | null
}

/** Above it Adam's steps, each about as long as the rate, throw small networks into a constant answer. */
const HIGH_ADAM_RATE = 0.03
const ENOUGH_SEEDS = 5
/** Accuracy at which the chance of the test images is stated. */
const TYPICAL_ACCURACY = 0.9
const NUMBER_WORDS = ['No', 'One', 'Two', 'Three', 'Four'] as const

type Rule = (experiments: readonly Experiment[], sweep: Sweep, dataset: SweepDataset) => Advice | null

/** All that applies, warnings first. */
export function adviseSweep(sweep: Sweep, dataset: SweepDataset): readonly Advice[] {
  const experiments = sweep.combinations.flatMap((one) => (one.state === 'valid' ? [one.experiment] : []))
  const given = RULES.map((rule) => rule(experiments, sweep, dataset)).filter((advice) => advice !== null)
  return [
    ...given.filter(({ level }) => level === 'warning'),
    ...given.filter(({ level }) => level === 'note'),
  ]
}

const highAdamRate: Rule = (experiments) => {
  const high = experiments.filter(
    (one) => one.optimizer.name === 'adam' && one.learningRate >= HIGH_ADAM_RATE,
  )
  const [first] = high
  if (first === undefined) return null
  const onlyAdam = experiments.every((one) => one.optimizer.name === 'adam')
  return {
    id: 'high-adam-rate',
    level: 'warning',
    title: `Adam at a learning rate of ${first.learningRate} usually ends in one constant answer.`,
    text: 'That is a good rate for SGD. Adam’s steps are about as long as the rate itself; it trains well at about 0.001.',
    change: onlyAdam ? { label: 'Use 0.001', texts: { learningRate: '0.001' } } : null,
  }
}

const unboundedLoss: Rule = (experiments) => {
  if (!experiments.some(({ loss }) => loss === 'nll-on-logits')) return null
  return {
    id: 'unbounded-loss',
    level: 'warning',
    title: 'NLL on logits has no lower bound.',
    text: 'It falls without end, and what it reports is no measure of fit; such a run often ends as diverged. NLL on log-softmax is what PyTorch’s NLLLoss expects.',
    change: { label: 'Use NLL', texts: { loss: 'nll' } },
  }
}

const activatedLogits: Rule = (experiments) => {
  const some = experiments.some(({ model }) => model.name === 'mlp' && model.activateLogits)
  if (!some) return null
  return {
    id: 'activated-logits',
    level: 'warning',
    title: 'An activation on the logits lets gradients die.',
    text: 'ReLU there cuts every negative logit to zero. The notebook’s V1 does it, and is worse than its linear model for it.',
    change: { label: 'Switch it off', texts: { activateLogits: undefined } },
  }
}

const fewSeeds: Rule = (experiments, { swept }, { testCount }) => {
  const settings = swept.filter(({ name }) => name !== 'seed')
  const seeds = new Set(experiments.map(({ seed }) => seed)).size
  if (settings.length === 0 || experiments.length < 2 || seeds >= ENOUGH_SEEDS) return null
  const spread = 1.96 * Math.sqrt((TYPICAL_ACCURACY * (1 - TYPICAL_ACCURACY)) / testCount) * 100
  return {
    id: 'few-seeds',
    level: 'warning',
    title: `${NUMBER_WORDS[seeds] ?? seeds} seed${seeds === 1 ? '' : 's'} cannot show a difference of settings.`,
    text:
      `Runs that differ only in the seed differ too, and at 90 % the ${testCount.toLocaleString('en')} test images ` +
      `alone leave ±${spread.toFixed(1)} points to chance. Five seeds for each setting show the spread.`,
    change: { label: 'Use 1..5', texts: { seed: '1..5' } },
  }
}

const watchedTest: Rule = (experiments) => {
  if (!experiments.some(({ testEachEpoch }) => testEachEpoch)) return null
  return {
    id: 'watched-test',
    level: 'note',
    title: 'The test images are watched while training.',
    text: 'That is how the paper measured. Settings or an epoch chosen by these figures look better than they are; to choose, hold out validation images instead.',
    change: { label: 'Hold out images', texts: { testEachEpoch: undefined, validationImages: undefined } },
  }
}

const nothingHeldOut: Rule = (experiments) => {
  if (!experiments.some((one) => !one.testEachEpoch && one.validationImages === 0)) return null
  return {
    id: 'nothing-held-out',
    level: 'note',
    title: 'No images are held out.',
    text: 'Nothing but the test images can then tell settings apart, and they should only be asked once.',
    change: { label: 'Hold out images', texts: { validationImages: undefined } },
  }
}

const equalLosses: Rule = (experiments) => {
  const losses = new Set(experiments.map(({ loss }) => loss))
  if (!losses.has('nll')) return null
  return {
    id: 'equal-losses',
    level: 'note',
    title: 'NLL here is cross-entropy.',
    text: 'It is taken on log-softmax: the same values, the same gradients, the same run.',
    change: losses.has('cross-entropy') ? { label: 'Leave NLL out', texts: without(losses, 'nll') } : null,
  }
}

const unlikeLosses: Rule = (experiments) => {
  const kinds = new Set(experiments.map(({ loss }) => (loss === 'nll' ? 'cross-entropy' : loss)))
  if (kinds.size < 2) return null
  return {
    id: 'unlike-losses',
    level: 'note',
    title: 'Losses of different kinds do not compare.',
    text: 'A smaller number of another loss means nothing. Compare the accuracies of these runs.',
    change: null,
  }
}

const marginScores: Rule = (experiments) => {
  if (!experiments.some(({ loss }) => loss === 'multi-margin')) return null
  return {
    id: 'margin-scores',
    level: 'note',
    title: 'Multi-margin gives scores, not probabilities.',
    text: 'The confidence of such a network is not calibrated; its accuracy compares as any other.',
    change: null,
  }
}

const RULES: readonly Rule[] = [
  highAdamRate,
  unboundedLoss,
  activatedLogits,
  fewSeeds,
  watchedTest,
  nothingHeldOut,
  equalLosses,
  unlikeLosses,
  marginScores,
]

function without(losses: ReadonlySet<string>, name: string): FieldTexts {
  return { loss: [...losses].filter((loss) => loss !== name).join(', ') }
}
