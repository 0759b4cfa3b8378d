// Whether a mean over runs would mean anything: figures of different data, networks or loss functions are not averaged.
import type { RunSummary } from '#shared/run-list.ts'
import { labelValueOf } from '../../parts/setting-labels.ts'

export interface Mixture {
  /** Such as '2 datasets'. */
  readonly text: string
  readonly title: string
}

interface Kind {
  readonly plural: string
  /** What must be the same. */
  readonly keyOf: (run: RunSummary) => string
  readonly nameOf: (run: RunSummary) => string
}

const MODELS: Kind = {
  plural: 'models',
  keyOf: ({ experiment }) => experiment.model.name,
  nameOf: ({ experiment }) => labelValueOf('model', experiment.model.name),
}
const KINDS: readonly Kind[] = [
  { plural: 'datasets', keyOf: ({ dataset }) => dataset.hash, nameOf: ({ dataset }) => dataset.name },
  MODELS,
]
const LOSS_FUNCTIONS: Kind = {
  plural: 'losses',
  keyOf: ({ experiment }) => experiment.loss,
  nameOf: ({ experiment }) => labelValueOf('loss', experiment.loss),
}

/**
 * Why a column's mean over these runs is not shown; null where they can be compared.
 * @param column key of a measure; one that ends in 'Loss' needs the same loss function too
 */
export function findMixture(runs: readonly RunSummary[], column: string): Mixture | null {
  const kinds = column.endsWith('Loss') ? [...KINDS, LOSS_FUNCTIONS] : KINDS
  for (const { plural, keyOf, nameOf } of kinds) {
    const found = new Map(runs.map((run) => [keyOf(run), nameOf(run)]))
    if (found.size < 2) continue
    const names = [...found.values()].join(', ')
    const text = `${found.size} ${plural}`
    return { text, title: `Not averaged, because these runs are of ${text}: ${names}.` }
  }
  return null
}
