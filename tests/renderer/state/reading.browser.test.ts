import { expect, it } from 'vitest'
import { Reading } from '../../../src-renderer/state/reading.svelte.ts'

class Names extends Reading {
  names = ''

  read(answer: Promise<string>): Promise<void> {
    return this.readNewest(
      () => answer,
      (names) => {
        this.names = names
      },
    )
  }

  take(names: string): void {
    this.names = names
    this.noteRead()
  }
}

it('listens to the newest question alone, whichever is answered last', async () => {
  const names = new Names()
  const older = Promise.withResolvers<string>()
  const newer = Promise.withResolvers<string>()
  const both = [names.read(older.promise), names.read(newer.promise)]
  newer.resolve('newer')
  await both[1]
  older.reject(new Error('too late'))
  await both[0]
  expect(names).toMatchObject({ names: 'newer', status: 'ready', problem: '' })
})

it('what came by another way is newer than an answer that is on its way', async () => {
  const names = new Names()
  const answer = Promise.withResolvers<string>()
  const reading = names.read(answer.promise)
  names.take('changed here')
  answer.resolve('before the change')
  await reading
  expect(names.names).toBe('changed here')
})

it('fails while there is nothing yet, and keeps what there is beside the problem later', async () => {
  const names = new Names()
  await names.read(Promise.reject(new Error('the host is gone')))
  expect(names).toMatchObject({ status: 'failed', problem: 'the host is gone' })
  const answer = Promise.withResolvers<string>()
  const again = names.read(answer.promise)
  expect(names.status).toBe('loading')
  answer.resolve('three')
  await again
  expect(names).toMatchObject({ names: 'three', status: 'ready', problem: '' })
  await names.read(Promise.reject(new Error('gone again')))
  expect(names).toMatchObject({ names: 'three', status: 'ready', problem: 'gone again' })
})
