// A companion process's side of its questions: one after the other, each answered or refused, until the application
// ends it or is gone.
import { z } from 'zod'
import { describeFailure, FAILURE_CODES } from '#shared/failure.ts'
import { openParentPort } from '../training/parent-port.ts'

export const companionQuestionSchema = z.object({ id: z.int(), question: z.unknown() })

export const companionReportSchema = z.discriminatedUnion('type', [
  /** Everything is loaded: questions may come. */
  z.object({ type: z.literal('ready') }),
  /** The first part of the work is over, and another limit of time begins. */
  z.object({ type: z.literal('advanced'), id: z.int() }),
  z.object({ type: z.literal('answered'), id: z.int(), answer: z.unknown() }),
  z.object({
    type: z.literal('refused'),
    id: z.int(),
    failure: z.object({ code: z.enum(FAILURE_CODES), message: z.string() }),
  }),
])
export type CompanionReport = z.infer<typeof companionReportSchema>

/** @param answer a Failure that it throws is handed back; anything else is told as a defect */
export function serveCompanion(
  answer: (question: unknown, tellAdvance: () => void) => Promise<unknown>,
): void {
  const port = openParentPort()
  const tell = (report: CompanionReport): void => port.post(report)
  let turn = Promise.resolve()
  port.onMessage((message) => {
    const { id, question } = companionQuestionSchema.parse(message)
    turn = turn.then(async () => {
      try {
        tell({ type: 'answered', id, answer: await answer(question, () => tell({ type: 'advanced', id })) })
      } catch (error) {
        tell({ type: 'refused', id, failure: describeFailure(error) })
      }
    })
  })
  tell({ type: 'ready' })
}
