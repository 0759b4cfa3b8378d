// Whatever is dropped is answered, with a prepared photo or a sentence, and nothing else ends: promises D1, D5 and D8.
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { describeFailure, Failure } from '#shared/failure.ts'
import { DEFAULT_PREPARATION } from '#shared/preparation.ts'
import { Decoders } from '#main/photos/decoders.ts'
import { BOMBS } from './bombs.ts'
import { mutate } from './mutants.ts'
import {
  drawPicture,
  encodeAnimation,
  encodeEveryForm,
  IMAGES_FOLDER,
  makeTemporaryFolder,
  writeFiles,
} from './photo-files.ts'

/** `ATELIER_MUTANTS=10000 npx vitest run --project node tests/main/photos/hostile-photos.test.ts` tries more. */
const MUTANTS = Number(process.env['ATELIER_MUTANTS'] ?? 500)
const REFUSED = new Set(['invalid-file', 'unavailable', 'not-found'])

const decoders = new Decoders()
afterAll(() => decoders.close())

type Outcome = 'prepared' | { readonly refused: string }

async function drop(path: string): Promise<Outcome> {
  try {
    const { input } = await decoders.prepare({ path, settings: DEFAULT_PREPARATION, edit: null }, 'input')
    expect(input).toHaveLength(784)
    return 'prepared'
  } catch (error) {
    expect(error).toBeInstanceOf(Failure)
    const { code, message } = describeFailure(error)
    expect(REFUSED).toContain(code)
    expect(message).toMatch(/^[\p{L}\p{P}\p{N} =+]{20,600}\.$/u)
    return { refused: message }
  }
}

/** Every third one from PngSuite, whose files break at nearly every flip, as PNG has checksums. */
async function collectSeeds(): Promise<(number: number) => Uint8Array> {
  const own = Object.values(await encodeEveryForm())
  const suite = await readPngSuite()
  return (number) => {
    const seeds = number % 3 === 0 && suite.length > 0 ? suite : own
    const seed = seeds[number % seeds.length]
    if (seed === undefined) throw new Error('there are seeds')
    return seed
  }
}

async function readPngSuite(): Promise<Uint8Array[]> {
  if (IMAGES_FOLDER === null) return []
  const folder = join(IMAGES_FOLDER, 'pngsuite')
  const names = (await readdir(folder)).filter((name) => /^[^x].*\.png$/.test(name))
  return Promise.all(names.map(async (name) => new Uint8Array(await readFile(join(folder, name)))))
}

describe('damaged photos', () => {
  test(
    `${MUTANTS} mutants of valid photos are each answered, by processes that live on`,
    async () => {
      const seedOf = await collectSeeds()
      const folder = await makeTemporaryFolder()
      await drop(join(folder, 'not there'))
      const before = decoders.pids
      const tally = { prepared: 0, refused: 0, slowestMs: 0 }
      const answerOne = async (number: number): Promise<void> => {
        const path = join(folder, `${number % 64}.photo`)
        await writeFile(path, mutate(seedOf(number), number))
        const start = performance.now()
        tally[(await drop(path)) === 'prepared' ? 'prepared' : 'refused'] += 1
        tally.slowestMs = Math.max(tally.slowestMs, performance.now() - start)
      }
      for (let number = 0; number < MUTANTS; number += 2) {
        await Promise.all([answerOne(number), answerOne(number + 1)])
      }
      process.stderr.write(`${MUTANTS} mutants: ${JSON.stringify(tally)}\n`)
      expect(tally.prepared + tally.refused).toBe(MUTANTS)
      expect(tally.prepared).toBeGreaterThan(MUTANTS / 10)
      expect(tally.refused).toBeGreaterThan(MUTANTS / 10)
      expect(decoders.pids).toEqual(expect.arrayContaining([...before]))
    },
    60_000 + MUTANTS * 400,
  )
})

describe('bombs', () => {
  test.each(Object.keys(BOMBS))('%s is refused at once and takes no memory', async (name) => {
    const paths = await writeFiles({ bomb: BOMBS[name] ?? '' })
    const plain = await writeFiles({ photo: new Uint8Array(await drawPicture().png().toBuffer()) })
    await Promise.all([drop(plain.photo), drop(plain.photo)]) // both decoders have loaded what they need
    const before = memoryOf(decoders.pids)
    const times: number[] = []
    for (let attempt = 0; attempt < 3; attempt++) {
      const start = performance.now()
      expect(await drop(paths.bomb)).toHaveProperty('refused')
      times.push(performance.now() - start)
    }
    expect(Math.min(...times)).toBeLessThan(200)
    expect(memoryOf(decoders.pids) - before).toBeLessThan(100 * 1024 * 1024)
  })

  test('a file of more than 64 MB is refused unread', async () => {
    const paths = await writeFiles({ large: new Uint8Array(65 * 1024 * 1024) })
    expect(await drop(paths.large)).toEqual({
      refused: 'This file has 65 MB; at most 64 are read. Save it smaller.',
    })
  })

  test('an animation of 500 pictures is answered by its first', async () => {
    const paths = await writeFiles({ animation: await encodeAnimation('gif', 500) })
    expect(await drop(paths.animation)).toBe('prepared')
  })
})

describe('a decoder that is lost', () => {
  test('dies with SIGSEGV over one file, which is refused, and the next one works', async () => {
    const { photo } = await writeFiles({ photo: new Uint8Array(await drawPicture().jpeg().toBuffer()) })
    const own = new Decoders()
    try {
      const ask = () => own.prepare({ path: photo, settings: DEFAULT_PREPARATION, edit: null }, 'input')
      await ask()
      const [pid] = own.pids
      if (pid === undefined) throw new Error('a decoder is there')
      process.kill(pid, 'SIGSTOP') // it holds the question and does not answer
      const lost = ask()
      process.kill(pid, 'SIGSEGV')
      process.kill(pid, 'SIGCONT')
      await expect(lost).rejects.toThrow('ended unexpectedly (SIGSEGV)')
      const found = await ask()
      expect(found.input).toHaveLength(784)
      expect(own.pids).not.toContain(pid)
    } finally {
      own.close()
    }
  })

  test('that hangs is ended after two seconds, and the next file is answered', async () => {
    const { photo } = await writeFiles({ photo: new Uint8Array(await drawPicture().jpeg().toBuffer()) })
    const own = new Decoders()
    try {
      const ask = () => own.prepare({ path: photo, settings: DEFAULT_PREPARATION, edit: null }, 'input')
      await ask()
      const [pid] = own.pids
      if (pid === undefined) throw new Error('a decoder is there')
      process.kill(pid, 'SIGSTOP')
      await expect(ask()).rejects.toThrow('took longer than 2 seconds')
      await expect(ask()).resolves.toHaveProperty('type', 'prepared')
    } finally {
      own.close()
    }
  })
})

/** The largest resident memory of any of the processes so far, in bytes; 0 where the system does not tell. */
function memoryOf(pids: readonly number[]): number {
  if (process.platform !== 'linux') return 0
  return Math.max(
    ...pids.map((pid) => {
      const [, kilobytes = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
      return Number(kilobytes) * 1024
    }),
  )
}
