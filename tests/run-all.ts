// What `npm test` runs: a browser is found, types, lint and format are checked, the application is built, and then
// every test runs, the end-to-end ones last. It says how long each step took, and its last line counts the tests.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { NO_CHROMIUM, provideChromium } from './chromium.ts'
import {
  addCounts,
  forgetReports,
  NO_TESTS,
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
  { name: 'lint', tool: 'eslint', words: ['.', '--max-warnings', '0', '--concurrency', '2'] },
  { name: 'format', tool: 'prettier', words: ['--check', '--log-level', 'warn', '.'] },
  { name: 'kernels', tool: null, words: ['src-main/build-kernels.ts'] },
  { name: 'build', tool: 'electron-vite', words: ['build', '--logLevel', 'warn'] },
]

const TESTS: readonly Step[] = [
  {
    name: 'tests',
    tool: 'vitest',
    words: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`],
  },
  { name: 'end-to-end tests', tool: 'playwright', words: ['test', '--reporter=list,json'] },
]

const ENVIRONMENT = {
  ...process.env,
  PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT,
  // Hundreds of processes are started, most of them of the same sources.
  NODE_COMPILE_CACHE: join(ROOT, 'out', 'compile-cache'),
}

const failed = runAll()
const counts = [readVitestReport(), readPlaywrightReport()].reduce(addCounts, NO_TESTS)
for (const name of failed) print(`Failed: ${name}.`)
// A step that fails without a failing test counts as one failure.
const failures = failed.length === 0 ? counts.failed : Math.max(1, counts.failed)
print(`${counts.passed} passed, ${failures} failed, ${counts.skipped} skipped`)
process.exitCode = failures === 0 ? 0 : 1

/** @returns the names of the steps that failed */
function runAll(): readonly string[] {
  forgetReports()
  if (provideChromium(print) === null) {
    if (process.env['CI'] === 'true') return ['finding a browser']
    print(`Skipped: all tests that need a browser, because ${NO_CHROMIUM}.`)
  }
  const broken = CHECKS.find((step) => !runTimed(step))
  if (broken !== undefined) return [broken.name]
  return TESTS.filter((step) => !runTimed(step)).map(({ name }) => name)
}

/** @returns whether it succeeded */
function runTimed(step: Step): boolean {
  print(`\n== ${step.name}: ${step.tool ?? 'node'} ${step.words.join(' ')}`)
  const from = performance.now()
  const status = run(step)
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  print(`== ${step.name}: ${status === 0 ? 'ok' : `exit code ${status}`}, ${seconds} s`)
  return status === 0
}

/** @returns its exit code */
function run({ tool, words }: Step): number {
  const script = tool === null ? [] : [join(ROOT, 'node_modules', '.bin', tool)]
  // The Node that runs this runs the tools and the tests too, whatever `node` is on the path.
  const { status, error } = spawnSync(process.execPath, [...script, ...words], {
    cwd: ROOT,
    stdio: 'inherit',
    env: ENVIRONMENT,
  })
  if (error !== undefined) throw error
  return status ?? 1
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
