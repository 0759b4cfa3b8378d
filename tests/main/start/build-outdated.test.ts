// When the next start builds: when a source is newer than what was built, or something was not built at all.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isOutdated } from '#main/start/build-outdated.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'

const BUILT = [
  'out/main/main.js',
  'out/main/trainer-process.js',
  'out/preload/preload.cjs',
  'out/preload/trainer-preload.cjs',
  'out/renderer/index.html',
  'out/trainer/trainer.html',
]
const SOURCE = 'src-renderer/pages/runs/Runs.svelte'

async function put(root: string, name: string, second: number): Promise<void> {
  const file = join(root, name)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, '')
  await utimes(file, second, second)
}

const ROOT = resolve(import.meta.dirname, '../../..')
const isBuilt = !(await isOutdated(ROOT))
const NOTE = isBuilt ? '' : ' (skipped: run npm run build first)'

describe('the browser mode', () => {
  it('is built before it starts, by npm itself', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    expect(scripts).toMatchObject({
      preserve: 'node src-main/start/build-outdated.ts',
      serve: 'node src-main/serve.ts',
    })
  })

  it.skipIf(!isBuilt)(`waits for nothing where all is built, and nothing is said on stdout${NOTE}`, () => {
    const program = join(ROOT, 'src-main/start/build-outdated.ts')
    const { status, stdout, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8' })
    expect([status, stdout, stderr]).toEqual([0, '', ''])
  })
})

describe('what was built', () => {
  it('is outdated when a source is newer, anywhere, or when a part is missing', async () => {
    const root = await makeTemporaryFolder()
    await put(root, SOURCE, 1000)
    expect(await isOutdated(root)).toBe(true)
    for (const name of BUILT) await put(root, name, 2000)
    expect(await isOutdated(root)).toBe(false)
    for (const name of [
      SOURCE,
      'src-main/main.ts',
      'src-shared/run.ts',
      'package.json',
      'electron.vite.config.ts',
    ]) {
      await put(root, name, 3000)
      expect(await isOutdated(root)).toBe(true)
      await put(root, name, 1000)
    }
    expect(await isOutdated(root)).toBe(false)
    await rm(join(root, 'out/preload/preload.cjs'))
    expect(await isOutdated(root)).toBe(true)
  })
})
