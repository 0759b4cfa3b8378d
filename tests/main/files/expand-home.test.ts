import { join } from 'node:path'
import { expect, test } from 'vitest'
import { expandHome } from '#main/files/expand-home.ts'

test.each([
  ['~', '/home/anna'],
  ['~/photos/autumn', '/home/anna/photos/autumn'],
  ['~anna/photos', '~anna/photos'],
  ['/data/~/photos', '/data/~/photos'],
  ['photos~', 'photos~'],
])('of what is typed, %s is the folder %s', (typed, folder) => {
  expect(expandHome(typed, '/home/anna')).toBe(folder.startsWith('/home') ? join(folder) : folder)
})
