// The step of an adaptation, which learns the classifier alone: a few dozen photos teach a classifier well what the features
// of its run look like in photos, and features badly, because there are far more of them than photos to learn them from.
// Everything before the classifier goes forward and is given no gradients: a step costs one pass and a linear model's step.
// Source: Kumar and others 2022, "Fine-tuning can distort pretrained features and underperform out-of-distribution"; both
// ways are measured in docs/photos.md.
import * as tf from '@tensorflow/tfjs'
import { applyLayers } from '../models/apply-network.ts'
import { listParameters, type Network, size, type SizedLayer } from '../models/network.ts'
import { type StepTask, type TakenStep, takeStep } from './step.ts'

/** As `takeStep`, but for what it holds: those parameters and slots of the answer are the task's own. */
export function takeClassifierStep(task: StepTask): TakenStep {
  const { network, live, images, masks } = task
  const classifier = findClassifier(network)
  const held = live.parameters.length - listParameters(classifier).length
  const features = tf.tidy(() => {
    const before = applyLayers(network.layers.slice(0, -1), live.parameters.slice(0, held), images, masks)
    return tf.reshape<tf.Rank.R4>(before, [-1, 1, 1, classifier.task.channels])
  })
  const own = { parameters: live.parameters.slice(held), slots: live.slots.slice(held) }
  const taken = takeStep({ ...task, network: classifier, images: features, masks: [], live: own })
  features.dispose()
  return {
    ...taken,
    live: {
      parameters: [...live.parameters.slice(0, held), ...taken.live.parameters],
      slots: [...live.slots.slice(0, held), ...taken.live.slots],
    },
  }
}

/** The last layer as a network of its own, whose images are features: [1, 1, features]. */
function findClassifier({ task, layers }: Network): Network {
  const last = layers.at(-1)
  if (last === undefined) throw new RangeError('the network has no layer')
  const features = size(last.input)
  const image = [1, 1, features]
  const flatten: SizedLayer = {
    layer: { kind: 'flatten', name: 'features' },
    ...{ input: image, output: [features], flattenedFrom: null },
    ...{ parameters: [], parameterCount: 0, multiplyAdds: 0 },
  }
  return {
    task: { height: 1, width: 1, channels: features, classes: task.classes },
    layers: [flatten, { ...last, flattenedFrom: image }],
    ...{ parameterCount: last.parameterCount, multiplyAdds: last.multiplyAdds },
  }
}
