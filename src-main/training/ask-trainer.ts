// The application's side of a question: starts a trainer process, waits for its one answer, and for its end.
import { describeFailure } from '#shared/failure.ts'
import { type Answer, answerSchema, type Question } from '#shared/training-questions.ts'
import type { SpawnTrainer } from './spawn-trainer.ts'

/** What a process answers, or that it took too long to. */
export type Asked = Answer | { readonly type: 'late'; readonly reason: string }

/**
 * @param signal ends the process
 * @returns the answer; 'failed' also for a process that dies, 'late' for one that took longer than `limitMs`
 */
export async function askTrainer(
  spawn: SpawnTrainer,
  question: Question,
  limitMs: number,
  signal: AbortSignal,
): Promise<Asked> {
  if (signal.aborted) return fail('The question was given up before it was asked.')
  const late = AbortSignal.timeout(limitMs)
  const end = AbortSignal.any([signal, late])
  const process = spawn('hidden')
  const answers: Answer[] = []
  process.onMessage((message) => answers.push(parseAnswer(message)))
  const ended = new Promise<string>((resolve) => process.onExit(resolve))
  const kill = (): void => process.kill()
  end.addEventListener('abort', kill, { once: true })
  process.post(question)
  const how = await ended
  end.removeEventListener('abort', kill)
  if (late.aborted) return { type: 'late', reason: `It took longer than ${limitMs / 1000} seconds.` }
  return answers[0] ?? fail(`The process that tried it ended unexpectedly (${how}).`)
}

function parseAnswer(message: unknown): Answer {
  try {
    return answerSchema.parse(message)
  } catch (error) {
    return { type: 'failed', failure: describeFailure(error) }
  }
}

function fail(message: string): Answer {
  return { type: 'failed', failure: { code: 'unavailable', message } }
}
