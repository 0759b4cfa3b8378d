// What a companion process may do to the application: nothing, whatever it says.
import { describe, expect, it } from 'vitest'
import { Failure } from '#shared/failure.ts'
import { Companions, NotStarted } from '#main/photos/companions.ts'
import { StandInProcess, type Words } from './stand-in-process.ts'

function openCompanions(...scripts: readonly Words[]) {
  const started: StandInProcess[] = []
  const companions = new Companions<string>({
    spawn: () => {
      const process = new StandInProcess(scripts[started.length] ?? [])
      started.push(process)
      return process
    },
    ...{ name: 'The process that guesses', count: 1, limitMs: 60_000, secondLimitMs: 60_000, idleMs: 60_000 },
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

describe('a companion that does not start', () => {
  const open = (spawn: () => StandInProcess) =>
    new Companions<string>({
      ...{ spawn, name: 'The process that guesses', count: 1 },
      ...{ limitMs: 60_000, secondLimitMs: 60_000, idleMs: 60_000, parse: String },
      describeLoss: () => new Failure('invalid-file', 'The question is bad.'),
    })

  it('is told as such, and no question is blamed for it', async () => {
    const companions = open(() => new StandInProcess(ANSWER, 'exit code 1'))
    const ends = await Promise.allSettled([companions.ask('one'), companions.ask('two')])
    const reason = new NotStarted('The process that guesses', 'exit code 1')
    expect(reason.message).toBe(
      'The process that guesses does not start (exit code 1). ' +
        'Start Atelier again; if that does not help, install it again.',
    )
    expect(ends).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ])
    companions.close()
  })

  it('because the system starts none is told in the same way, and the next question gets another', async () => {
    let isBroken = true
    const companions = open(() => {
      if (!isBroken) return new StandInProcess(ANSWER)
      isBroken = false
      throw new Error('too many processes')
    })
    const refusal = new NotStarted('The process that guesses', 'too many processes')
    await expect(companions.ask('one')).rejects.toEqual(refusal)
    expect(await companions.ask('two')).toBe('a dress')
    companions.close()
  })
})

describe('a question that is given up', () => {
  const GIVEN_UP = { code: 'cancelled' }

  it('is given up at once, whether it waits or is worked on, and the others are answered', async () => {
    const { companions, started } = openCompanions([])
    const [first, second] = [new AbortController(), new AbortController()]
    const begun = companions.ask('one', first.signal)
    const waiting = companions.ask('two', second.signal)
    const kept = companions.ask('three')
    await expect.poll(() => started[0]?.questions, { timeout: 20_000 }).toEqual(['one'])
    second.abort()
    await expect(waiting).rejects.toMatchObject(GIVEN_UP)
    first.abort()
    await expect(begun).rejects.toMatchObject(GIVEN_UP)
    started[0]?.say({ type: 'answered', answer: 'nobody wants it any more' }, 1)
    expect(started[0]?.questions).toEqual(['one', 'three'])
    started[0]?.say({ type: 'answered', answer: 'a dress' }, 2)
    expect(await kept).toBe('a dress')
    companions.close()
  })

  it('by a close is given up too, whether it waits or is worked on, and blames nobody', async () => {
    const { companions, started } = openCompanions([])
    const questions = [companions.ask('one'), companions.ask('two')]
    await expect.poll(() => started[0]?.questions, { timeout: 20_000 }).toEqual(['one'])
    companions.close()
    const given = { status: 'rejected', reason: GIVEN_UP }
    expect(await Promise.allSettled(questions)).toMatchObject([given, given])
    expect(started.map(({ isKilled }) => isKilled)).toEqual([true])
    await expect(companions.ask('three')).rejects.toMatchObject(GIVEN_UP)
  })

  it('before it was asked reaches no process', async () => {
    const { companions, started } = openCompanions(ANSWER)
    await expect(companions.ask('?', AbortSignal.abort())).rejects.toMatchObject(GIVEN_UP)
    expect(started).toEqual([])
    companions.close()
  })
})
