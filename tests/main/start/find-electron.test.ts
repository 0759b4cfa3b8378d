// Whether there is a window to be had on this machine, and why not.
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findElectron, findObstacle, readBinary } from '#main/start/find-electron.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'

const NO_DISPLAY = 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)'

describe('a machine', () => {
  it.each([
    [{}, 'linux', false, NO_DISPLAY],
    [{ DISPLAY: '' }, 'linux', false, NO_DISPLAY],
    [{ DISPLAY: ':0' }, 'linux', false, null],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', false, null],
    [{}, 'darwin', true, null],
    [{}, 'win32', false, null],
  ] as const)('with %j on %s (root: %s) has the obstacle %j', (environment, platform, isRoot, obstacle) => {
    expect(findObstacle(environment, platform, isRoot)).toBe(obstacle)
  })

  it('has no window for root, because the sandbox is not given up', () => {
    expect(findObstacle({ DISPLAY: ':0' }, 'linux', true)).toMatch(/sandbox does not work for the user root/)
  })
})

describe('the binary', () => {
  it('is the one that the package names, where it is there', async () => {
    const folder = await makeTemporaryFolder()
    expect(readBinary(folder)).toBeNull()
    await writeFile(join(folder, 'path.txt'), 'electron')
    expect(readBinary(folder)).toBeNull()
    await mkdir(join(folder, 'dist'))
    await writeFile(join(folder, 'dist', 'electron'), '')
    expect(readBinary(folder)).toBe(join(folder, 'dist', 'electron'))
  })

  it('is fetched by the package itself where it is missing', async () => {
    const folder = await makeTemporaryFolder()
    const script = `
      const { mkdirSync, writeFileSync } = require('node:fs')
      mkdirSync(__dirname + '/dist')
      writeFileSync(__dirname + '/dist/electron', '')
      writeFileSync(__dirname + '/path.txt', 'electron')`
    await writeFile(join(folder, 'install.js'), script)
    const told: string[] = []
    const found = await findElectron((line) => told.push(line), folder)
    expect(found).toEqual({ binary: join(folder, 'dist', 'electron'), reason: '' })
    expect(told).toEqual([expect.stringMatching(/^Electron is fetched once, about 110 MB/)])
  })

  it('that cannot be fetched is a sentence, within seconds', async () => {
    const folder = await makeTemporaryFolder()
    await writeFile(join(folder, 'install.js'), 'setTimeout(() => process.exit(1), 50)')
    await chmod(folder, 0o755)
    const started = performance.now()
    const found = await findElectron(() => undefined, folder)
    expect(found).toEqual({ binary: null, reason: 'its binary is not installed and could not be fetched' })
    expect(performance.now() - started).toBeLessThan(8000)
  })
})
