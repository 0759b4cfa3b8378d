// The optimizers' settings as the update kernels read them, for PyTorch's formulas.

/** One step of an optimizer; Adam counts steps from 1. Without an optimizer the gradients themselves are wanted. */
export type OptimizerStep =
  | { readonly name: 'none' }
  | {
      readonly name: 'SGD'
      readonly learningRate: number
      readonly momentum: number
    }
  | {
      readonly name: 'Adam'
      readonly learningRate: number
      readonly beta1: number
      readonly beta2: number
      readonly epsilon: number
      readonly step: number
    }

export const SETTINGS_FLOATS = 7

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
    case 'SGD':
      return [optimizer.learningRate, optimizer.momentum]
    case 'Adam': {
      const { learningRate, beta1, beta2, epsilon, step } = optimizer
      const firstCorrection = 1 - beta1 ** step
      const secondCorrection = Math.sqrt(1 - beta2 ** step)
      return [
        ...[learningRate / firstCorrection, beta1, 1 - beta1, beta2, 1 - beta2],
        ...[secondCorrection, epsilon],
      ]
    }
    default:
      throw new Error(`The simd engine knows no optimizer ${JSON.stringify(optimizer satisfies never)}.`)
  }
}
