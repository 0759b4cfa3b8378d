// The order in which an epoch reaches the disk. kill -9 cannot tell a synced file from one that is only in memory:
// this can.
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeTemporaryFolder } from '../main/files/temporary-folder.ts'
import { writePatterns } from '../main/training/patterns.ts'
import { CAN_TRACE, NEEDS_STRACE, type SystemCall, traceCommand } from './system-calls.ts'

const ENTRY = resolve(import.meta.dirname, '../../src-main/cli.ts')
const EPOCHS = [1, 2, 3]

describe.skipIf(!CAN_TRACE)(`an epoch on its way to the disk${NEEDS_STRACE}`, () => {
  it(
    'is written, synced, renamed, its folder synced, committed, and only then announced',
    { timeout: 120_000 },
    async () => {
      const folder = await makeTemporaryFolder()
      const home = join(folder, 'home')
      const train = [
        'train',
        '--data',
        await writePatterns(folder),
        '--home',
        home,
        '--json',
        '--engine',
        'wasm',
      ]
      const settings = ['--model', 'mlp', '--epochs', String(EPOCHS.length)]
      const calls = traceCommand([process.execPath, ENTRY, ...train, ...settings], join(folder, 'trace'))
      const [run = ''] = readdirSync(join(home, 'runs'))
      const order = EPOCHS.flatMap((epoch) => stepsOf(epoch, join(home, 'runs', run), home))
      followInOrder(calls, order)
    },
  )
})

/** What each step looks like, from the first byte of the checkpoint to the line on stdout. */
function stepsOf(epoch: number, runFolder: string, home: string): readonly RegExp[] {
  const file = `epoch-0000${epoch}\\.safetensors`
  return [
    new RegExp(`^p?write(64)?\\(\\d+<${runFolder}/\\.${file}\\.[^>]+\\.tmp>`),
    new RegExp(`^f(data)?sync\\(\\d+<${runFolder}/\\.${file}\\.[^>]+\\.tmp>`),
    new RegExp(`^rename\\w*\\(.*${runFolder}/${file}"`),
    new RegExp(`^fsync\\(\\d+<${runFolder}>`),
    new RegExp(`^pwrite64\\(\\d+<${home}/atelier\\.db-wal>`),
    new RegExp(`^f(data)?sync\\(\\d+<${home}/atelier\\.db-wal>`),
    new RegExp(`^write\\(1<.*"epoch-completed\\\\",\\\\"epoch\\\\":${epoch},`),
  ]
}

/** Every step begins after the one before it has returned. */
function followInOrder(calls: readonly SystemCall[], steps: readonly RegExp[]): void {
  let line = -1
  for (const step of steps) {
    const call = calls.find(({ text, begin }) => begin > line && step.test(text))
    expect(call, `${String(step)} after line ${line} of the trace`).toBeDefined()
    line = call?.end ?? line
  }
}
