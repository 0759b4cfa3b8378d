// Calls about how reliable a run's confidence is. It is measured from its weights in a process of its own, and kept.
import { z } from 'zod'
import { evaluationStateSchema } from '../evaluation.ts'
import { call, id, nothing } from './parts.ts'

const run = z.strictObject({ runId: id })

export const evaluation = {
  read: call.input(run).output(evaluationStateSchema),
  /**
   * Asks the run for its answers on the validation and the test images and fits the temperature; waits while a run
   * trains. Its progress is announced. Fails with 'conflict' where it cannot be measured.
   */
  measure: call.input(run).output(evaluationStateSchema),
  cancel: call.input(run).output(nothing),
}
