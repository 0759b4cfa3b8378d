// Which settings are looked at first where there is no room for all: what runs are usually told apart by, then the rest
// in the order of the form.
import type { Setting } from '#shared/settings.ts'

const FIRST: readonly string[] = [
  'model',
  'learningRate',
  'optimizer',
  'batchSize',
  'epochs',
  'seed',
  'loss',
  'pooling',
  'hiddenUnits',
  'channels',
  'trainImages',
]

export function mostTellingFirst(settings: readonly Setting[]): readonly Setting[] {
  const rank = ({ name }: Setting): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
  return settings.toSorted((one, other) => rank(one) - rank(other))
}
