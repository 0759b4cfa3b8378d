import { expect, test } from 'vitest'
import { OneAtATime } from '#shared/one-at-a-time.ts'

test('work is done in the order in which it was asked for, never two at once, also after one that failed', async () => {
  const order = new OneAtATime()
  const steps: string[] = []
  const work = (name: string, pauses: number) => async (): Promise<string> => {
    steps.push(`${name} begins`)
    for (let pause = 0; pause < pauses; pause++) await Promise.resolve()
    steps.push(`${name} ends`)
    if (name === 'b') throw new Error('b failed')
    return name
  }
  const all = Promise.allSettled([order.run(work('a', 9)), order.run(work('b', 3)), order.run(work('c', 0))])
  await order.settle()
  expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  expect(await all).toMatchObject([{ value: 'a' }, { reason: new Error('b failed') }, { value: 'c' }])
})
