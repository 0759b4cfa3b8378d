// The optimizers' settings as the update kernels read them: eight floats, PyTorch's formulas.

/** One step of an optimizer; `step` is 1 for the first. Without an optimizer the gradients themselves are wanted. */
export type OptimizerStep =
  | { readonly name: 'none' }
  | {
      readonly name: 'SGD'
      readonly learningRate: number
      readonly momentum: number
      readonly dampening: number
      readonly nesterov: boolean
      readonly weightDecay: number
      readonly step: number
    }
  | {
      readonly name: 'Adam'
      readonly learningRate: number
      readonly beta1: number
      readonly beta2: number
      readonly epsilon: number
      readonly weightDecay: number
      readonly step: number
    }

export const SETTINGS_FLOATS = 8

/** How many tensors of state an optimizer keeps for each parameter: SGD's velocity; Adam's two moments. */
export function statesPerParameter(optimizer: OptimizerStep): 0 | 1 | 2 {
  if (optimizer.name === 'Adam') return 2
  return optimizer.name === 'SGD' && optimizer.momentum !== 0 ? 1 : 0
}

/** The settings in the order of assembly/updates.ts. */
export function optimizerSettings(optimizer: OptimizerStep): number[] {
  switch (optimizer.name) {
    case 'none':
      return []
    case 'SGD': {
      const { learningRate, momentum, dampening, weightDecay, step } = optimizer
      return [learningRate, momentum, step === 1 ? 1 : 1 - dampening, weightDecay]
    }
    case 'Adam': {
      const { learningRate, beta1, beta2, epsilon, weightDecay, step } = optimizer
      const firstCorrection = 1 - beta1 ** step
      const secondCorrection = Math.sqrt(1 - beta2 ** step)
      return [
        ...[learningRate / firstCorrection, beta1, 1 - beta1, beta2, 1 - beta2],
        ...[secondCorrection, epsilon, weightDecay],
      ]
    }
    default:
      throw new Error(`The simd engine knows no optimizer ${JSON.stringify(optimizer satisfies never)}.`)
  }
}
