import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { parseExperiment } from '#shared/experiment.ts'
import { readIdxFolder } from '#main/datasets/idx-folder.ts'
import { KNOWN_DATASETS } from '#main/datasets/known-datasets.ts'
import type { TrainingJob } from '#main/training/messages.ts'
import { forkTrainer } from '#main/training/spawn-trainer.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { writePatterns } from './patterns.ts'
import {
  CAN_LIST_PROCESSES,
  findMarked,
  markEnvironment,
  NEEDS_PROCESS_LIST,
  waitUntilGone,
} from './processes.ts'

const APPLICATION = resolve(import.meta.dirname, 'fork-and-wait.ts')
/** A promise of the design; what is asserted. */
const LIMIT_MS = 3000

async function makeJob(): Promise<TrainingJob> {
  const folder = await makeTemporaryFolder()
  const directory = await writePatterns(folder)
  const { hash } = await readIdxFolder(directory, KNOWN_DATASETS)
  const settings = { model: { name: 'mlp' as const }, validationImages: 0, epochs: 5000 }
  return {
    experiment: parseExperiment({ dataset: 'patterns', ...settings }),
    dataset: { id: 'patterns', directory, hash },
    datasetsFolder: join(folder, 'datasets'),
    runFolder: join(folder, 'run'),
    engine: 'wasm',
    threads: 'automatic',
    resumeFrom: [],
    marks: null,
    adaptation: null,
  }
}

describe.skipIf(!CAN_LIST_PROCESSES)(`a trainer whose application is killed${NEEDS_PROCESS_LIST}`, () => {
  it.each([0, 40, 80, 120, 180, 300, 1000])('%i ms after the fork ends by itself', async (afterMs) => {
    const mark = `orphan-${afterMs}`
    const application = spawn(process.execPath, [APPLICATION, JSON.stringify(await makeJob())], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...markEnvironment(mark) },
    })
    await once(application.stdout, 'data')
    await delay(afterMs)
    expect(findMarked(mark).length).toBeGreaterThan(0)
    application.kill('SIGKILL')
    const goneMs = await waitUntilGone(mark, 2 * LIMIT_MS)
    process.stdout.write(
      `killed ${afterMs} ms after the fork: the trainer was gone after ${Math.round(goneMs)} ms\n`,
    )
    expect(findMarked(mark)).toEqual([])
    expect(goneMs).toBeLessThan(LIMIT_MS)
  })
})

describe('a forked trainer', () => {
  it('that dies tells the signal once and takes further words without harm', async () => {
    const trainer = forkTrainer()
    const ends: string[] = []
    const end = new Promise<void>((finish) => {
      trainer.onExit((how) => {
        ends.push(how)
        finish()
      })
    })
    trainer.kill()
    for (let word = 0; word < 10; word++) trainer.post({ type: 'pause' })
    await end
    trainer.post({ type: 'cancel' })
    trainer.kill()
    await delay(50)
    expect(ends).toEqual(['SIGKILL'])
  })

  it('reports a failure before it ends, and every report arrives before the end', async () => {
    const job = await makeJob()
    const trainer = forkTrainer()
    const said: unknown[] = []
    trainer.onMessage((message) => said.push(message))
    const end = new Promise((finish) => {
      trainer.onExit((how) => finish({ how, reports: said.length }))
    })
    trainer.post({ type: 'start', job: { ...job, dataset: { ...job.dataset, hash: '0'.repeat(64) } } })
    expect(await end).toEqual({ how: 'exit code 0', reports: 1 })
    expect(said).toMatchObject([
      { type: 'failed', failure: { message: expect.stringMatching(/0000/) as string } },
    ])
  })
})
