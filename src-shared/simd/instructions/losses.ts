// Instructions of assembly/losses.ts.
import { floatBits, type Instruction, type Operand } from '../program.ts'
import { opcodes } from './opcodes.ts'

export function softmax(logits: Operand, result: Operand, classes: number): Instruction {
  return { opcode: opcodes.softmax, operands: [logits, result], parameters: [classes] }
}

/** A loss that the kernels know; the names are PyTorch's. */
export type LossName = 'CrossEntropyLoss' | 'MultiMarginLoss' | 'NLLLoss'

const lossOpcodes: Record<LossName, number> = {
  CrossEntropyLoss: opcodes.crossEntropy,
  MultiMarginLoss: opcodes.multiMargin,
  NLLLoss: opcodes.negativeLogLikelihood,
}

/** The loss of one image, and its gradient times `share` (1 / batch for a mean). */
export function lossOf(
  name: LossName,
  operands: { logits: Operand; label: Operand; loss: Operand; gradient: Operand },
  classes: number,
  share: number,
): Instruction {
  return {
    opcode: lossOpcodes[name],
    operands: [operands.logits, operands.label, operands.loss, operands.gradient],
    parameters: [classes, floatBits(share)],
  }
}
