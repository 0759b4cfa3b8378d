// The paper's artificial neural network: input, hidden layers with an activation and dropout, output.
import type { MultilayerPerceptronSettings } from '../../experiment.ts'
import type { Layer, NetworkTask } from './layers.ts'

export function buildMultilayerPerceptron(
  settings: MultilayerPerceptronSettings,
  task: NetworkTask,
): readonly Layer[] {
  const { activation, dropout } = settings
  const hidden = settings.hiddenUnits.flatMap((units, index): Layer[] => {
    const dense: Layer = { kind: 'dense', name: `dense_${index + 1}`, units, activation }
    return dropout > 0 ? [dense, { kind: 'dropout', name: `dropout_${index + 1}`, rate: dropout }] : [dense]
  })
  const logits = settings.activateLogits ? activation : null
  return [
    { kind: 'flatten', name: 'flatten' },
    ...hidden,
    { kind: 'dense', name: 'classifier', units: task.classes, activation: logits },
  ]
}
