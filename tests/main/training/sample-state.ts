// A small training state with every kind of content that a checkpoint has.
import { Random } from '#shared/core/random.ts'
import type { TrainingState } from '#shared/core/training/training-state.ts'

/** @param step makes states differ; the numbers include those that text would not keep */
export function sampleState(step = 38, epoch = 2): TrainingState {
  const random = new Random(step)
  const values = (length: number): Float32Array =>
    Float32Array.from({ length }, (_, index) => (index === 0 ? -0 : random.uniform(-1, 1)))
  const parameters = [
    { name: 'layer_1.weight', shape: [3, 3, 1, 10], values: values(90) },
    { name: 'layer_1.bias', shape: [10], values: Float32Array.of(1e-45, 3.4e38, ...values(8)) },
  ]
  const slots = parameters.flatMap(({ name, shape, values: { length } }) =>
    ['mean', 'square'].map((slot) => ({ name: `${name}.${slot}`, shape, values: values(length) })),
  )
  return { epoch, step, random: random.saveState(), parameters, slots }
}
