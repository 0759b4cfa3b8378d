import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { Failure } from '#shared/failure.ts'
import type { Random } from '#shared/core/random.ts'
import { readIdxFolder } from '#main/datasets/idx-folder.ts'
import { patience, trials } from '../../trials.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { randomForTest } from './random-test.ts'
import { encodeContent, smallContent, writeQuartet } from './small-dataset.ts'

const MUTANTS = trials(1000, 10_000)
const content = smallContent()
const files = Object.entries(encodeContent(content))

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array

/** The same bytes with another one at a place below `end`. */
function changeByte(bytes: Uint8Array, end: number, random: Random): Uint8Array {
  return bytes.with(random.below(Math.min(end, bytes.length)), random.below(256))
}

const mutations: Readonly<Record<string, Mutation>> = {
  magic: (bytes, random) => changeByte(bytes, 4, random),
  dimensions: (bytes, random) => changeByte(bytes, 16, random),
  truncation: (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  labels: (bytes, random) => bytes.with(8 + random.below(10), 3 + random.below(253)),
  trailing: (bytes, random) =>
    Buffer.concat([bytes, new Uint8Array(1 + random.below(100)).fill(random.below(256))]),
  bits: (bytes, random) => {
    let changed = bytes
    for (let i = random.below(4); i >= 0; i--) {
      const at = random.below(bytes.length)
      changed = changed.with(at, (changed[at] ?? 0) ^ (1 << random.below(8)))
    }
    return changed
  },
  zeros: (bytes, random) => Uint8Array.from(bytes).fill(0, random.below(bytes.length)),
}

/** Damages the data before it is packed, after it is packed, or without packing. */
function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  const kinds = Object.values(mutations)
  const mutation = kinds[random.below(kinds.length)] ?? ((same) => same)
  const order = random.below(3)
  if (order === 0) return mutation(bytes, random)
  return order === 1 ? gzipSync(mutation(bytes, random)) : mutation(gzipSync(bytes), random)
}

it(
  `${MUTANTS} damaged IDX and gzip files are each read or refused with the file and the fault`,
  patience(MUTANTS, 30),
  async () => {
    const random = randomForTest('damaged files')
    const folder = await writeQuartet(await makeTemporaryFolder(), content)
    await writeFile(join(folder, 'labels.txt'), 'Boot\nSandal\nSneaker\n')
    const memoryBefore = process.resourceUsage().maxRSS
    let refused = 0
    for (let i = 0; i < MUTANTS; i++) {
      const [name, bytes] = files[i % files.length] ?? ['', new Uint8Array()]
      const mutant = mutate(bytes, random)
      await writeFile(join(folder, name), mutant)
      const result: unknown = await readIdxFolder(folder, []).catch((error: unknown) => error)
      if (result instanceof Failure) {
        refused += 1
        expect(result.code).toBe('invalid-file')
        expect(result.message).toMatch(/: expected .+, found .+\. [A-Z]/)
        expect(result.message).toContain(name)
      } else {
        expect(result, `mutant ${i} of ${name}: ${Buffer.from(mutant).toString('base64')}`).toEqual(
          expect.objectContaining({ height: 8, width: 8, generated: false }),
        )
      }
      await writeFile(join(folder, name), bytes)
    }
    expect(refused).toBeGreaterThan(MUTANTS / 2)
    expect(process.resourceUsage().maxRSS - memoryBefore).toBeLessThan(200 * 1024) // in kilobytes
  },
)
