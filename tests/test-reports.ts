// Counts of vitest's and of Playwright's JSON reporters, put together.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const FOLDER = resolve(import.meta.dirname, '..', 'out')
export const VITEST_REPORT = join(FOLDER, 'test-report.json')
export const PAGE_REPORT = join(FOLDER, 'page-test-report.json')
export const PLAYWRIGHT_REPORT = join(FOLDER, 'end-to-end-report.json')

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}
export const NO_TESTS: TestCounts = { passed: 0, failed: 0, skipped: 0 }

export function addCounts(one: TestCounts, other: TestCounts): TestCounts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
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
  })
  .transform((report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }))

const playwrightSchema = z
  .object({
    stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  })
  .transform(({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }))

export function readVitestReport(path: string): TestCounts {
  return readReport(path, vitestSchema)
}

export function readPlaywrightReport(): TestCounts {
  return readReport(PLAYWRIGHT_REPORT, playwrightSchema)
}

/** Zeros when the tests were not reached. */
function readReport(path: string, schema: z.ZodType<TestCounts>): TestCounts {
  return existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : NO_TESTS
}
