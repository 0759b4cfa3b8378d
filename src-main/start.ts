// What `npm start` runs: Atelier in its window, or, where no window can be had, in the browser, with a sentence that
// says why. Usage: npm start -- [--home DIR] [--data DIR] [--browser] [--port N] [--no-open]
import { resolve } from 'node:path'
import { buildOutdated } from './start/build-outdated.ts'
import { findElectron, findObstacle } from './start/find-electron.ts'
import { followProgram, type ProgramEnd } from './start/follow-program.ts'

const ROOT = resolve(import.meta.dirname, '..')
/** A window that is gone after less than this, in one of these ways, has never opened. */
const OPENING_MS = 15_000
const CRASHES: readonly unknown[] = ['SIGTRAP', 'SIGABRT', 'SIGSEGV', 127]

const words = process.argv.slice(2)
const flags = words.filter((word) => word !== '--browser')
const asksForBrowser = words.length > flags.length || process.env['ATELIER_BROWSER'] === '1'

await buildOutdated(ROOT, tell)
process.exitCode = asksForBrowser ? await openInBrowser() : await openInWindow()

async function openInWindow(): Promise<number> {
  const obstacle = findObstacle(process.env, process.platform, process.getuid?.() === 0)
  if (obstacle !== null) return openInBrowser(`Electron has no window to open, because ${obstacle}.`)
  const { binary, reason } = await findElectron(tell)
  if (binary === null) return openInBrowser(`Electron cannot be started, because ${reason}.`)
  const end = await followProgram(binary, [ROOT, ...flags])
  if (!hasNeverOpened(end)) return end.code ?? 1
  return openInBrowser(`Electron does not start on this machine (${end.signal ?? end.code}).`)
}

async function openInBrowser(reason = ''): Promise<number> {
  if (reason !== '') tell(`${reason} Atelier opens in the browser instead.`)
  const { code } = await followProgram(process.execPath, [resolve(ROOT, 'src-main/serve.ts'), ...flags])
  return code ?? 1
}

function hasNeverOpened({ code, signal, lastedMs }: ProgramEnd): boolean {
  return lastedMs < OPENING_MS && CRASHES.includes(signal ?? code)
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
