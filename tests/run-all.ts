// What `npm test` runs: a browser is found, types, lint and format are checked, the application is built, and then
// every test runs, the end-to-end ones last. It says how long each step took, and ends with what failed and why, and with
// the count of the tests.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { NO_CHROMIUM, provideChromium } from './chromium.ts'
import {
  addReports,
  forgetReports,
  NO_TESTS,
  PAGE_REPORT,
  PLAYWRIGHT_REPORT,
  readPlaywrightReport,
  readVitestReport,
  VITEST_REPORT,
} from './test-reports.ts'

const ROOT = resolve(import.meta.dirname, '..')

interface Step {
  readonly name: string
  /** A command of node_modules/.bin, or null for a file that Node runs itself. */
  readonly tool: string | null
  readonly words: readonly string[]
}

const checkTypes = (layer: string): Step => ({
  name: `types of ${layer}`,
  tool: 'tsc',
  words: ['-p', `tsconfig.${layer}.json`],
})

/** The first that fails ends everything: what comes after it would only repeat its complaint. */
const CHECKS: readonly Step[] = [
  checkTypes('shared'),
  checkTypes('main'),
  {
    name: 'types of renderer',
    tool: 'svelte-check',
    words: ['--tsconfig', 'tsconfig.renderer.json', '--fail-on-warnings'],
  },
  checkTypes('tests'),
  { name: 'format', tool: 'prettier', words: ['--check', '--log-level', 'warn', '.'] },
  { name: 'kernels', tool: null, words: ['src-main/build-kernels.ts'] },
  { name: 'build', tool: 'electron-vite', words: ['build', '--logLevel', 'warn'] },
]

/** The longest of the checks. It keeps one core busy, as the tests of the page do, and so it runs beside them. */
const LINT: Step = { name: 'lint', tool: 'eslint', words: ['.', '--max-warnings', '0'] }

const testWithVitest = (name: string, project: string, report: string): Step => ({
  name,
  tool: 'vitest',
  words: [
    ...['run', '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ],
})
const PAGE_TESTS = testWithVitest('tests of the page', 'browser*', PAGE_REPORT)
const TESTS: readonly Step[] = [
  testWithVitest('tests', 'node', VITEST_REPORT),
  { name: 'end-to-end tests', tool: 'playwright', words: ['test', '--reporter=list,json'] },
]

const ENVIRONMENT = {
  ...process.env,
  PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT,
  // Hundreds of processes are started, most of them of the same sources.
  NODE_COMPILE_CACHE: join(ROOT, 'out', 'compile-cache'),
}

const failed = await runAll()
const reports = [
  readVitestReport(PAGE_REPORT),
  readVitestReport(VITEST_REPORT),
  readPlaywrightReport(PLAYWRIGHT_REPORT),
]
const counts = reports.reduce(addReports, NO_TESTS)
for (const failure of counts.failures) print(failure)
for (const name of failed) print(`Failed: ${name}.`)
// A step that fails without a failing test counts as one failure.
const failures = failed.length === 0 ? counts.failed : Math.max(1, counts.failed)
print(`${counts.passed} passed, ${failures} failed, ${counts.skipped} skipped`)
process.exitCode = failures === 0 ? 0 : 1

/** @returns the names of the steps that failed */
async function runAll(): Promise<readonly string[]> {
  forgetReports()
  const hasBrowser = provideChromium(print) !== null
  if (!hasBrowser) {
    if (process.env['CI'] === 'true') return ['finding a browser']
    print(`Skipped: all tests that need a browser, because ${NO_CHROMIUM}.`)
  }
  const lint = startAside(LINT)
  for (const check of CHECKS) {
    if (await runTimed(check)) continue
    lint.stop()
    return [check.name]
  }
  const failing = hasBrowser && !(await runTimed(PAGE_TESTS)) ? [PAGE_TESTS.name] : []
  if (!(await lint.end())) return [LINT.name, ...failing]
  for (const step of TESTS) if (!(await runTimed(step))) failing.push(step.name)
  return failing
}

/** @returns whether it succeeded */
async function runTimed(step: Step): Promise<boolean> {
  printStart(step)
  const from = performance.now()
  const code = await codeOf(start(step, 'inherit'))
  return isDone(step, code, performance.now() - from)
}

/** Runs a step beside others. What it prints is kept until `end`, which gives whether it succeeded. */
function startAside(step: Step): { readonly stop: () => void; readonly end: () => Promise<boolean> } {
  const from = performance.now()
  const child = start(step, 'pipe')
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (piece: string) => printed.push(piece))
  }
  const finished = codeOf(child).then((code) => ({ code, tookMs: performance.now() - from }))
  const end = async (): Promise<boolean> => {
    const { code, tookMs } = await finished
    printStart(step)
    process.stdout.write(printed.join(''))
    return isDone(step, code, tookMs)
  }
  return { stop: () => child.kill(), end }
}

function start({ tool, words }: Step, output: 'inherit' | 'pipe'): ChildProcess {
  const script = tool === null ? [] : [join(ROOT, 'node_modules', '.bin', tool)]
  // The Node that runs this runs the tools and the tests too, whatever `node` is on the path.
  return spawn(process.execPath, [...script, ...words], {
    cwd: ROOT,
    stdio: ['inherit', output, output],
    env: ENVIRONMENT,
  })
}

async function codeOf(child: ChildProcess): Promise<number> {
  const [code] = (await once(child, 'close')) as [number | null]
  return code ?? 1
}

function printStart({ name, tool, words }: Step): void {
  print(`\n== ${name}: ${tool ?? 'node'} ${words.join(' ')}`)
}

function isDone({ name }: Step, code: number, tookMs: number): boolean {
  print(`== ${name}: ${code === 0 ? 'ok' : `exit code ${code}`}, ${(tookMs / 1000).toFixed(1)} s`)
  return code === 0
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
