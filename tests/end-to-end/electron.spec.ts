// The desktop application itself, wherever Electron's binary and a display are: it is skipped elsewhere, and says so.
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { findObstacle, readBinary } from '../../src-main/start/find-electron.ts'
import { undoAll } from '../undo-all.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const binary = readBinary(dirname(createRequire(import.meta.url).resolve('electron/package.json')))
const obstacle = findObstacle(process.env, process.platform, process.getuid?.() === 0)

test.skip(binary === null, "Electron's binary is not installed: npx install-electron fetches it.")
test.skip(obstacle !== null, `Electron has no window to open: ${obstacle ?? ''}.`)

interface Desktop {
  readonly application: ElectronApplication
  readonly page: Page
  readonly problems: string[]
}

let undo: (() => unknown)[] = []
let desktop: Desktop

test.beforeEach(async () => {
  const home = await mkdtemp(join(tmpdir(), 'atelier-desktop-'))
  undo = [() => rm(home, { recursive: true, force: true })]
  desktop = await open(home)
})

test.afterEach(() => undoAll(undo))

async function open(home: string): Promise<Desktop> {
  const application = await _electron.launch({
    args: [ROOT, '--home', home],
    ...(binary === null ? {} : { executablePath: binary }),
  })
  undo.unshift(() => application.close())
  const page = await application.firstWindow()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  await expect(page.getByRole('navigation').first()).toBeVisible()
  return { application, page, problems }
}

test('shows the page of its own scheme, connected, without a problem', async () => {
  const { page, problems } = desktop
  expect(page.url()).toMatch(/^app:\/\/atelier\/index\.html/)
  await expect(page).toHaveTitle(/Atelier/)
  await page.waitForTimeout(500)
  expect(problems).toEqual([])
})

// What runs in the page is written as text: these sources know no DOM.
test('gives the page no Node, nothing of Electron, and its isolation', async () => {
  const names = ['require', 'process', 'module', 'electron', 'ipcRenderer', 'Buffer']
  const present = `${JSON.stringify(names)}.filter((name) => name in globalThis)`
  expect(await desktop.page.evaluate(present)).toEqual([])
  expect(await desktop.page.evaluate('crossOriginIsolated')).toBe(true)
})

test('leads nowhere else', async () => {
  const { page, application } = desktop
  await page.evaluate("location.href = 'https://example.com/'; void open('https://example.com/')")
  await page.waitForTimeout(500)
  expect(page.url()).toMatch(/^app:\/\/atelier\//)
  expect(application.windows()).toHaveLength(1)
})

test('grants no permission', async () => {
  const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read']
  const ask = "async (name) => (await navigator.permissions.query({ name })).state === 'granted'"
  const states = await desktop.page.evaluate(`Promise.all(${JSON.stringify(names)}.map(${ask}))`)
  expect(states).toEqual(names.map(() => false))
})

test('reads nothing but the built files through its scheme', async () => {
  const paths = ['/index.html', '/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/none.js']
  const get = "async (path) => (await fetch('app://atelier' + path)).status"
  const statuses = await desktop.page.evaluate(`Promise.all(${JSON.stringify(paths)}.map(${get}))`)
  expect(statuses).toEqual([200, 404, 404, 404, 404])
})

test('is there again, connected, when the page is loaded anew', async () => {
  const { page, problems, application } = desktop
  await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload())
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await page.waitForTimeout(500)
  expect(problems).toEqual([])
})
