// A GPU that is lost while it computes. Chromium's own program that computes in the place of a GPU stands for it.
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findChromium } from '../../chromium.ts'
import { LONG, openTrainingHome } from './training-home.ts'

const HOOK = pathToFileURL(join(import.meta.dirname, 'lose-gpu.ts')).href
const LIMIT_MS = 5000

const driver = findDriver()
const before = { ...process.env }
beforeAll(() => {
  if (driver === null) return
  process.env['VK_ICD_FILENAMES'] = driver
  process.env['LD_LIBRARY_PATH'] = [dirname(driver), before['LD_LIBRARY_PATH'] ?? ''].join(':')
  process.env['NODE_OPTIONS'] = `${before['NODE_OPTIONS'] ?? ''} --import ${HOOK}`
})
afterAll(() => {
  process.env = before
})

it.skipIf(driver === null)(
  `ends its run at once, in words of its own, and the run can be resumed${driver === null ? ' (skipped: Chromium brings no Vulkan driver here)' : ''}`,
  async ({ skip }) => {
    const home = await openTrainingHome()
    const firstEpoch = home.next('epoch-completed')
    const execution = await home.train(await home.createRun(LONG), 'webgpu')
    const started = await Promise.race([firstEpoch, execution.ended])
    if ('status' in started) skip(`webgpu does not start: ${started.reason ?? ''}`)
    const from = performance.now()
    process.kill(execution.trainer.pid ?? 0, 'SIGUSR2')
    const run = await execution.ended
    expect(performance.now() - from).toBeLessThan(LIMIT_MS)
    expect(run.reason).toMatch(
      /^The GPU was lost while it computed.*Finished epochs are kept: resume the run, or go on with another engine\.$/,
    )
    const next = home.next('epoch-completed')
    await home.train(run)
    expect(await next).toMatchObject({ metrics: { epoch: run.epochs.length + 1 } })
  },
  60_000,
)

/** SwiftShader's, which lies beside Chromium's program. */
function findDriver(): string | null {
  const chromium = findChromium()
  if (chromium === null) return null
  const folders = [dirname(realpathSync(chromium)), '/usr/lib/chromium']
  const files = folders.map((folder) => join(folder, 'vk_swiftshader_icd.json'))
  return files.find((file) => existsSync(file)) ?? null
}
