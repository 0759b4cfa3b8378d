// Builds what is opened, when a source is newer than what was built from it. `npm start` asks for it, and as a program of
// its own it runs before `npm run serve`, whose one line on stdout is the address: all of this goes to stderr.
import { readdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildKernels } from '../build-kernels.ts'
import { followProgram } from './follow-program.ts'

const SOURCES = ['src-main', 'src-shared', 'src-renderer', 'src-trainer', 'resources', 'package.json']
const RECIPES = ['electron.vite.config.ts', 'page.vite.config.ts', 'trainer.vite.config.ts']
const BUILT = [
  'out/main/main.js',
  'out/main/trainer-process.js',
  'out/preload/preload.cjs',
  'out/preload/trainer-preload.cjs',
  'out/renderer/index.html',
  'out/trainer/trainer.html',
]
const STDERR = 2

/** @throws Error when the build fails; its messages have been shown */
export async function buildOutdated(root: string, tell: (line: string) => void): Promise<boolean> {
  await buildKernels()
  if (!(await isOutdated(root))) return false
  tell('Building Atelier; the next start is quicker.')
  const tool = join(
    dirname(createRequire(import.meta.url).resolve('electron-vite/package.json')),
    'bin/electron-vite.js',
  )
  const words = [tool, 'build', '--logLevel', 'warn']
  const surroundings = { cwd: root, stdio: ['ignore' as const, STDERR, STDERR] }
  const { code } = await followProgram(process.execPath, words, surroundings)
  if (code !== 0) throw new Error('The build failed; its messages stand above.')
  return true
}

export async function isOutdated(root: string): Promise<boolean> {
  const built = await Promise.all(BUILT.map((file) => changedAt(join(root, file))))
  const sources = await Promise.all([...SOURCES, ...RECIPES].map((name) => newestIn(join(root, name))))
  return Math.min(...built) < Math.max(...sources)
}

/** When the newest file of a folder changed, or the file itself; -Infinity where there is none. */
async function newestIn(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null)
  if (entries === null) return changedAt(path)
  const files = entries.filter((entry) => entry.isFile())
  return Math.max(...(await Promise.all(files.map((entry) => changedAt(join(entry.parentPath, entry.name))))))
}

async function changedAt(file: string): Promise<number> {
  const found = await stat(file).catch(() => null)
  return found?.mtimeMs ?? Number.NEGATIVE_INFINITY
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildOutdated(resolve(import.meta.dirname, '../..'), (line) => void process.stderr.write(`${line}\n`))
}
