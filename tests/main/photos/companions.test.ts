// What a companion process may do to the application: nothing, whatever it says.
import { describe, expect, it } from 'vitest'
import { Failure } from '#shared/failure.ts'
import { Companions } from '#main/photos/companions.ts'
import type { TrainerProcess } from '#main/training/spawn-trainer.ts'

/** A process whose words a test chooses: after each question it says these, in turn. */
class ScriptedProcess implements TrainerProcess {
  readonly pid = 1
  isKilled = false
  readonly #words: readonly unknown[]
  #say: (message: unknown) => void = () => undefined

  constructor(words: readonly unknown[]) {
    this.#words = words
    setImmediate(() => this.#say({ type: 'ready' }))
  }

  post(question: unknown): void {
    const { id } = question as { id: number }
    for (const word of this.#words) {
      const isReport = typeof word === 'object' && word !== null && 'type' in word
      this.#say(isReport ? { ...word, id } : word)
    }
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#say = listener
  }

  onExit(): void {
    // it lives until it is killed
  }

  kill(): void {
    this.isKilled = true
  }
}

function openCompanions(...scripts: readonly (readonly unknown[])[]) {
  const started: ScriptedProcess[] = []
  const companions = new Companions<string>({
    spawn: () => {
      const process = new ScriptedProcess(scripts[started.length] ?? [])
      started.push(process)
      return process
    },
    ...{ count: 1, limitMs: 1000, secondLimitMs: 1000, idleMs: 1000 },
    parse: (answer) => {
      if (typeof answer === 'string') return answer
      throw new TypeError('no text')
    },
    describeLoss: (how, detail) => new Failure('unavailable', `${how}: ${detail}`),
  })
  return { companions, started }
}

const ANSWER = [{ type: 'answered', answer: 'a dress' }]

describe('a companion', () => {
  it.each([
    ['a text', 'hello'],
    ['nothing', null],
    ['an unknown word', { type: 'shout' }],
    ['half an answer', { type: 'refused', failure: { code: 'no code' } }],
  ])('that says %s costs its question, and the next process answers the next one', async (_, word) => {
    const { companions, started } = openCompanions([word], ANSWER)
    await expect(companions.ask('?')).rejects.toMatchObject({
      code: 'unavailable',
      message: 'died: it said what nobody understands',
    })
    expect(started[0]?.isKilled).toBe(true)
    expect(await companions.ask('?')).toBe('a dress')
    companions.close()
  })

  it('whose answer is not one costs its question alone', async () => {
    const { companions, started } = openCompanions([{ type: 'answered', answer: 7 }])
    await expect(companions.ask('?')).rejects.toThrow('no text')
    expect(started).toHaveLength(1)
    companions.close()
  })
})
