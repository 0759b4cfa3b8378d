import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { hashDataset } from '#main/datasets/content-hash.ts'
import { openDatasetLibrary } from '#main/datasets/dataset-library.ts'
import { patience, trials } from '../../trials.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { randomForTest } from './random-test.ts'
import { smallContent, writeQuartet } from './small-dataset.ts'

const KILLS = trials(20, 100)
const script = resolve(import.meta.dirname, 'install-forever.ts')

it(
  `${KILLS} kills of a process that installs, replaces and removes leave no half set`,
  patience(KILLS, 4000),
  async () => {
    const random = randomForTest('kill during install')
    const parent = await makeTemporaryFolder()
    const directory = join(parent, 'datasets')
    const contents = [smallContent(3000, 500), smallContent(2000, 700, 3, 1)]
    const folders = await Promise.all(
      contents.map((content, i) => writeQuartet(join(parent, `set${i}`), content)),
    )
    const allowed = contents.map(hashDataset)
    let interrupted = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, [script, directory, ...folders], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let said = ''
      child.stdout.on('data', (text) => (said += String(text)))
      await once(child.stdout, 'data')
      await delay(random.below(60))
      child.kill('SIGKILL')
      await once(child, 'close')
      interrupted += (await readdir(directory)).filter((name) => name.startsWith('.')).length > 0 ? 1 : 0
      const library = await openDatasetLibrary({ directory, generated: [], known: [] })
      const entries = await library.list()
      if (said.endsWith('replacing\n')) expect(entries).toHaveLength(1)
      for (const { id } of entries) expect(allowed).toContain(await library.verify(id))
      expect((await readdir(directory)).filter((name) => name !== 'set')).toEqual([])
    }
    expect(interrupted).toBeGreaterThan(0)
  },
)
