// Compiles the simd engine's kernels from AssemblyScript to out/simd/kernels.wasm, when a source is newer than that.
// Nothing binary is kept in the repository. Usage: node src-main/build-kernels.ts [--force]
import { execFile } from 'node:child_process'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { MAXIMUM_PAGES } from '#shared/simd/web-assembly.ts'

const root = resolve(import.meta.dirname, '..')
const sources = join(root, 'src-shared/simd/assembly')
const output = join(root, 'out/simd/kernels.wasm')

/**
 * Compiles the kernels if needed.
 * @returns whether anything was compiled.
 * @throws Error with the compiler's messages.
 */
export async function buildKernels(force = false): Promise<boolean> {
  if (!force && (await isUpToDate())) return false
  await mkdir(join(root, 'out/simd'), { recursive: true })
  await compile([
    ...[relative(root, join(sources, 'index.ts')), '--outFile', relative(root, output)],
    ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
    ...['--enable', 'simd', '--enable', 'relaxed-simd', '--enable', 'threads'],
    ...[
      '--importMemory',
      '--sharedMemory',
      '--initialMemory',
      '16',
      '--maximumMemory',
      String(MAXIMUM_PAGES),
    ],
  ])
  return true
}

/** As a process of its own: the compiler's package declares AssemblyScript's global types, which are not ours. */
async function compile(options: readonly string[]): Promise<void> {
  const compiler = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js')
  await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: root })
}

async function isUpToDate(): Promise<boolean> {
  const files = (await readdir(sources)).filter((name) => name.endsWith('.ts'))
  const inputs = [import.meta.filename, ...files.map((name) => join(sources, name))]
  const changed = await Promise.all(inputs.map(async (file) => (await stat(file)).mtimeMs))
  const built = await stat(output).catch(() => undefined)
  return built !== undefined && built.mtimeMs >= Math.max(...changed)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const wasBuilt = await buildKernels(process.argv.includes('--force'))
  process.stdout.write(`${relative(root, output)} ${wasBuilt ? 'built' : 'is up to date'}\n`)
}
