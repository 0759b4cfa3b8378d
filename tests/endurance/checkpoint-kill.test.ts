// kill -9 while checkpoints are written: there is always a whole one, the last that was announced or the next.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { removeLeftovers } from '#main/files/temporary-name.ts'
import { checkpointFileName, decodeCheckpoint } from '#main/training/checkpoint-file.ts'
import { randomForTest } from '../main/datasets/random-test.ts'
import { makeTemporaryFolder } from '../main/files/temporary-folder.ts'
import { patience, trials } from '../trials.ts'
import { sampleState } from '../main/training/sample-state.ts'

const KILLS = trials(50, 300)
const SCRIPT = resolve(import.meta.dirname, 'write-checkpoints.ts')

it(
  `${KILLS} kills inside the writing of a checkpoint leave the old one or the new one`,
  patience(KILLS, 1800),
  async () => {
    const random = randomForTest('kill -9 while checkpoints are written')
    const folder = await makeTemporaryFolder()
    const file = checkpointFileName(sampleState().epoch)
    let halfWritten = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const saved = await writeAndKill(folder, random.uniform(0, 30))
      const bytes = await readFile(join(folder, file))
      const { step, ...state } = decodeCheckpoint(bytes, file)
      expect([saved, saved + 1]).toContain(step)
      expect({ step, ...state }).toEqual(sampleState(step))
      halfWritten += (await readdir(folder)).length - 1
      await removeLeftovers(folder)
      expect(await readdir(folder)).toEqual([file])
    }
    process.stdout.write(`${KILLS} kills, ${halfWritten} of them with a file half written\n`)
    expect(halfWritten).toBeGreaterThan(0)
  },
)

/** @returns the last step that the process said it had saved */
async function writeAndKill(folder: string, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [SCRIPT, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (text) => (said += String(text)))
  await once(child.stdout, 'data')
  await delay(afterMs)
  child.kill('SIGKILL')
  await once(child, 'close')
  return Number(said.trim().split('\n').at(-1))
}
