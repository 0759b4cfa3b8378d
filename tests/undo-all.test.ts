import { expect, it } from 'vitest'
import { undoAll } from './undo-all.ts'

it('takes every step in order, also those after one that fails, and tells of it then', async () => {
  const taken: string[] = []
  const fail = (): Promise<never> => Promise.reject(new Error('it had ended badly'))
  const undone = undoAll([() => taken.push('page'), fail, () => taken.push('folder')])
  await expect(undone).rejects.toThrow('it had ended badly')
  expect(taken).toEqual(['page', 'folder'])
  await expect(undoAll([fail, fail])).rejects.toThrow('2 steps could not be undone')
  await undoAll([])
})
