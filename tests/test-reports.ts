// What vitest's and Playwright's JSON reporters counted, and which tests failed, put together.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'

const ROOT = resolve(import.meta.dirname, '..')
const FOLDER = join(ROOT, 'out')
export const VITEST_REPORT = join(FOLDER, 'test-report.json')
export const PAGE_REPORT = join(FOLDER, 'page-test-report.json')
export const PLAYWRIGHT_REPORT = join(FOLDER, 'end-to-end-report.json')

export interface TestReport {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** One text for each test that failed, or file that could not be run: where, its name, and what was wrong. */
  readonly failures: readonly string[]
}
export const NO_TESTS: TestReport = { passed: 0, failed: 0, skipped: 0, failures: [] }

export function addReports(one: TestReport, other: TestReport): TestReport {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    failures: [...one.failures, ...other.failures],
  }
}

/** So that an earlier report is never counted. */
export function forgetReports(): void {
  mkdirSync(FOLDER, { recursive: true })
  for (const report of [VITEST_REPORT, PAGE_REPORT, PLAYWRIGHT_REPORT]) rmSync(report, { force: true })
}

const vitestSchema = z
  .object({
    numPassedTests: z.int(),
    numFailedTests: z.int(),
    numPendingTests: z.int(),
    numTodoTests: z.int(),
    testResults: z.array(
      z.object({
        name: z.string(),
        status: z.string(),
        message: z.string(),
        assertionResults: z.array(
          z.object({
            status: z.string(),
            fullName: z.string(),
            failureMessages: z.array(z.string()).nullish(),
          }),
        ),
      }),
    ),
  })
  .transform((report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(({ name, status, message, assertionResults }) => {
      const file = relative(ROOT, name)
      const failing = assertionResults.filter((test) => test.status === 'failed')
      if (failing.length === 0 && status === 'failed')
        return [describeFailure(file, 'the file itself', [message])]
      return failing.map((test) => describeFailure(file, test.fullName, test.failureMessages ?? []))
    }),
  }))

interface PlaywrightSuite {
  readonly title: string
  readonly suites?: readonly PlaywrightSuite[] | undefined
  readonly specs: readonly {
    readonly title: string
    readonly file: string
    readonly line: number
    readonly tests: readonly {
      readonly status: string
      readonly results: readonly { readonly errors: readonly { readonly message?: string | undefined }[] }[]
    }[]
  }[]
}
const playwrightSuiteSchema: z.ZodType<PlaywrightSuite> = z.object({
  title: z.string(),
  get suites() {
    return z.array(playwrightSuiteSchema).optional()
  },
  specs: z.array(
    z.object({
      title: z.string(),
      file: z.string(),
      line: z.int(),
      tests: z.array(
        z.object({
          status: z.string(),
          results: z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })) })),
        }),
      ),
    }),
  ),
})

const playwrightSchema = z
  .object({
    stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
    suites: z.array(playwrightSuiteSchema),
  })
  .transform(({ stats, suites }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: suites.flatMap((suite) => failuresOf(suite)),
  }))

function failuresOf({ suites = [], specs }: PlaywrightSuite): readonly string[] {
  const here = specs.flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => {
        const messages = results.flatMap(({ errors }) => errors.map(({ message }) => message ?? ''))
        return describeFailure(`tests/end-to-end/${file}:${line}`, title, messages)
      }),
  )
  return [...here, ...suites.flatMap((suite) => failuresOf(suite))]
}

const LINES_OF_A_MESSAGE = 12
const FRAME_OF_A_LIBRARY = /^\s+at (?!.*(?:src-|tests[/\\]))/

/** The beginning of what was wrong: the step's own output has the whole. */
function describeFailure(file: string, name: string, messages: readonly string[]): string {
  const lines = messages.flatMap((message) =>
    stripVTControlCharacters(message)
      .split('\n')
      .filter((line) => line.trim() !== '' && !FRAME_OF_A_LIBRARY.test(line))
      .slice(0, LINES_OF_A_MESSAGE),
  )
  return [`${file} › ${name}`, ...lines.map((line) => `    ${line}`)].join('\n')
}

export function readVitestReport(path: string): TestReport {
  return readReport(path, vitestSchema)
}

export function readPlaywrightReport(path: string): TestReport {
  return readReport(path, playwrightSchema)
}

/** Zeros when the tests were not reached. */
function readReport(path: string, schema: z.ZodType<TestReport>): TestReport {
  return existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : NO_TESTS
}
