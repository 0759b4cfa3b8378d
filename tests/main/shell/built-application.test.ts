// What electron-vite built: the application starts over the fake Electron, and the trainer process finds its engines,
// their threads and their WebAssembly from where it lies. Skipped when out/ is older than the sources.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { spawnUtilityTrainer } from '#main/shell/utility-trainer.ts'
import { isOutdated } from '#main/start/build-outdated.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { openTrainingHome } from '../training/training-home.ts'
import { forkUtilityProcesses } from './fake-utility-process.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const HOOK = join(import.meta.dirname, 'load-fake-electron.ts')
const BUILT_TRAINER = join(ROOT, 'out/main/trainer-process.js')
const isBuilt = !(await isOutdated(ROOT))
const NOTE = isBuilt ? '' : ' (skipped: run npm run build first)'

describe.skipIf(!isBuilt)(`the built application${NOTE}`, () => {
  it('opens its window, serves its page, and ends cleanly', async () => {
    const home = join(await makeTemporaryFolder(), 'home')
    const program = join(ROOT, 'out/main/main.js')
    const child = spawn(process.execPath, ['--import', HOOK, program, '--home', home], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const seen: unknown = JSON.parse(await text(child.stdout))
    expect(seen).toEqual({
      status: 200,
      calls: ['loadURL app://atelier/index.html'],
      files: [join(ROOT, 'out/preload/preload.cjs'), join(ROOT, 'resources/icon.png')],
      exitCode: null,
      hasQuit: true,
      errorBoxes: [],
    })
    expect(existsSync(join(home, 'window', 'place.json'))).toBe(true)
    const files = ['out/preload/preload.cjs', 'resources/icon.png'].map((name) => join(ROOT, name))
    expect(files.filter((file) => !existsSync(file))).toEqual([])
  })

  it.each(['simd', 'wasm', 'cpu'] as const)('trains with the engine %s', async (engine) => {
    const { processes } = forkUtilityProcesses()
    const home = await openTrainingHome(spawnUtilityTrainer(processes, BUILT_TRAINER))
    const execution = await home.backend.train(await home.createRun(), engine)
    const run = await execution.ended
    expect([run.status, run.reason, run.engine?.name, run.epochs.length]).toEqual([
      'completed',
      null,
      engine,
      4,
    ])
  })
})
