// THE finder of the browser for tests: vitest's browser project, Playwright and the screenshots ask here. It looks at
// CHROMIUM, the usual places and Playwright's own; `provideChromium` also installs one where there is none.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { chromium } from '@playwright/test'

const ROOT = resolve(import.meta.dirname, '..')
const INSTALL_PATIENCE_MS = 5 * 60_000

/** Chromium's sandbox does not work for root and in most containers; only pages of our own are opened in it. */
export const CHROMIUM_FLAGS: readonly string[] = ['--no-sandbox']

export const NO_CHROMIUM =
  'there is no Chromium: install chromium or google-chrome, or set CHROMIUM to the path of one'

const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'] as const
const PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
}

/** The path of a browser that starts, or null. A wrong CHROMIUM is an error: it was meant. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM']
  if (named !== undefined && named !== '') {
    if (starts(named)) return named
    throw new Error(`CHROMIUM is ${named}, which does not start. Give the path of a Chromium, or unset it.`)
  }
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)]
  const usual =
    process.platform === 'win32' ? [] : NAMES.flatMap((name) => folders.map((one) => join(one, name)))
  const candidates = [...usual, ...(PLACES[process.platform] ?? []), chromium.executablePath()]
  return [...new Set(candidates)].find(starts) ?? null
}

/**
 * Finds a browser, or installs one: Debian's as root, Playwright's otherwise. Says in a line what it found or did.
 * @returns its path, or null where none can be had
 */
export function provideChromium(say: (line: string) => void): string | null {
  const found = findChromium()
  if (found !== null) {
    say(`Browser: ${found}.`)
    return found
  }
  for (const [what, commands] of listInstallers()) {
    if (!commands.every(([command, ...words]) => runQuietly(command, words))) continue
    const installed = findChromium()
    if (installed === null) continue
    say(`Browser: ${installed}, which ${what} has just installed.`)
    return installed
  }
  say(`Browser: ${NO_CHROMIUM}. It could not be installed either.`)
  return null
}

type Command = readonly [string, ...string[]]

function listInstallers(): readonly (readonly [string, readonly Command[]])[] {
  const script = join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js')
  const playwright = ['playwright install', [[process.execPath, script, 'install', 'chromium']]] as const
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return [playwright]
  const apt: readonly Command[] = [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]
  return [['apt-get install chromium', apt], playwright]
}

function runQuietly(command: string, words: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, words, { stdio: 'ignore', timeout: INSTALL_PATIENCE_MS, env }).status === 0
}

/** Ubuntu's chromium may be a script that only says that it is not installed. */
function starts(path: string): boolean {
  if (!existsSync(path)) return false
  if (process.platform === 'win32') return true // Chrome opens a window there when asked for its version
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}
