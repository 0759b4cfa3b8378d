// The notebook's V0: two linear layers in a row, which together are one linear map of lower rank.
import type { LinearSettings } from '../../experiment.ts'
import type { Layer, NetworkTask } from './layers.ts'

export function buildLinear(settings: LinearSettings, task: NetworkTask): readonly Layer[] {
  return [
    { kind: 'flatten', name: 'flatten' },
    ...settings.hiddenUnits.map((units, index): Layer => ({
      kind: 'dense',
      name: `dense_${index + 1}`,
      units,
      activation: null,
    })),
    { kind: 'dense', name: 'classifier', units: task.classes, activation: null },
  ]
}
