import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockHome } from '#main/store/home-lock.ts'
import { patience, trials } from '../../trials.ts'
import { startChild } from './child.ts'
import { temporaryHome } from './temporary-home.ts'

const ROUNDS = trials(5, 50)

test('a second owner in the same process is refused at once, with the name of the first', () => {
  const directory = temporaryHome()
  const lock = lockHome(directory, 'desktop window')
  expect(() => lockHome(directory, 'terminal')).toThrow(
    expect.objectContaining({
      code: 'conflict',
      message: expect.stringMatching(
        new RegExp(
          `^The data folder ${directory} is in use by Atelier \\(desktop window, process ${process.pid}, since .+Z\\)\\. Close it or choose another folder with --home\\.$`,
        ),
      ) as string,
    }) as Error,
  )
  lock.release()
})

test('a released folder can be taken again, and releasing twice takes nothing from the next owner', () => {
  const directory = temporaryHome()
  const first = lockHome(directory, 'first')
  first.release()
  const second = lockHome(directory, 'second')
  first.release()
  expect(() => lockHome(directory, 'third')).toThrow(/second/)
  second.release()
  expect(readdirSync(directory)).toEqual(['atelier.lock'])
})

test('the folder is made when it is not there', () => {
  const directory = join(temporaryHome(), 'new', 'folder')
  lockHome(directory, 'test').release()
  expect(existsSync(directory)).toBe(true)
})

test('without the note about the owner the refusal is the same', () => {
  const directory = temporaryHome()
  const lock = lockHome(directory, 'test')
  const note = join(directory, 'atelier.lock.json')
  writeFileSync(note, 'half a no')
  expect(() => lockHome(directory, 'other')).toThrow(/in use by Atelier\. Close it/)
  rmSync(note)
  expect(() => lockHome(directory, 'other')).toThrow(/in use by Atelier\. Close it/)
  lock.release()
})

test(
  'another process is refused, and gets the folder after kill -9 of the owner',
  { timeout: 20_000 },
  async () => {
    const directory = temporaryHome()
    const owner = startChild('lock-home-child.ts', directory)
    await owner.printed('locked')
    expect(() => lockHome(directory, 'test')).toThrow(/in use by Atelier \(test, process \d+/)
    await owner.kill()
    lockHome(directory, 'test').release()
  },
)

test(
  'of two that start together exactly one gets the folder, and no history is opened',
  patience(ROUNDS, 6000),
  async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const directory = temporaryHome()
      const children = [
        startChild('lock-home-child.ts', directory),
        startChild('lock-home-child.ts', directory),
      ]
      await Promise.all(children.map((child) => child.printed('\n')))
      const answers = children.flatMap((child) => child.lines())
      expect(answers.filter((answer) => answer === 'locked')).toHaveLength(1)
      expect(answers.filter((answer) => answer.includes('"code":"conflict"'))).toHaveLength(1)
      expect(existsSync(join(directory, 'atelier.db'))).toBe(false)
      await Promise.all(children.map((child) => child.kill()))
    }
  },
)
