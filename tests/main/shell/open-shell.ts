// The whole shell over the fake Electron, a fake host, and a data folder and a page of its own.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import type { Shell } from '#main/shell/start-shell.ts'
import { startShell } from '#main/shell/start-shell.ts'
import type { ShellHost } from '#main/shell/shell-host.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { writeCanaryTree } from '../page/traversal-paths.ts'
import { buildFakeElectron, type FakeElectron, type FakeSetting } from './fake-electron.ts'
import { FakeEmitter } from './fake-emitter.ts'
import { buildFakeHost, type FakeHost } from './fake-host.ts'
import type { FakeWindow } from './fake-window.ts'

export interface OpenedShell extends FakeElectron {
  readonly shell: Shell | null
  readonly host: FakeHost
  readonly home: string
  readonly window: FakeWindow
  /** Where uncaught errors are told. */
  readonly defects: FakeEmitter
}

export interface OpenSetting extends FakeSetting {
  readonly host?: FakeHost
  readonly home?: string
  readonly openHost?: () => Promise<ShellHost>
}

export async function openShell(setting: OpenSetting = {}): Promise<OpenedShell> {
  const folder = await makeTemporaryFolder()
  const page = await writeCanaryTree(folder)
  await mkdir(join(folder, 'trainer'))
  await writeFile(join(folder, 'trainer', 'trainer.html'), '<title>Atelier trainer</title>')
  const home = setting.home ?? join(folder, 'home')
  const host = setting.host ?? buildFakeHost()
  const fake = buildFakeElectron(setting)
  const defects = new FakeEmitter()
  const files = {
    ...{ page, trainerPage: join(folder, 'trainer'), trainerPreload: '/built/trainer-preload.cjs' },
    preload: '/built/preload.cjs',
    trainer: '/built/trainer-process.js',
    decoder: '/built/decoder-process.js',
    classifier: '/built/classifier-process.js',
    icon: '/built/icon.png',
  }
  const openHost = setting.openHost ?? (() => Promise.resolve(host))
  const shell = await startShell(fake.electron, { home, version: '1.2.3', files, openHost }, defects)
  const [window] = fake.seen.windows
  return {
    ...fake,
    ...{ shell, host, home, defects },
    get window() {
      if (window === undefined) throw new Error('no window was opened')
      return window
    },
  }
}

/** Lets everything that is under way come to rest. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** The end writes to the disk, which takes its time. */
export async function waitForEnd(seen: { readonly hasQuit: boolean }): Promise<void> {
  await vi.waitFor(() => expect(seen.hasQuit).toBe(true), { timeout: 10_000, interval: 5 })
}
