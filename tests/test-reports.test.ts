import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { makeTemporaryFolder } from './main/files/temporary-folder.ts'
import { addReports, NO_TESTS, readPlaywrightReport, readVitestReport } from './test-reports.ts'

const ROOT = resolve(import.meta.dirname, '..')

it('names each test of vitest that failed, and what was wrong, without the frames of libraries', async () => {
  const path = await write('vitest.json', {
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [
      {
        name: join(ROOT, 'tests/shared/sum.test.ts'),
        status: 'failed',
        message: '',
        assertionResults: [
          {
            status: 'failed',
            fullName: 'a sum adds',
            failureMessages: [
              `AssertionError: expected 2 to be 3\n    at ${ROOT}/tests/shared/sum.test.ts:2:71\n    at file:///node_modules/vitest/dist/run.js:1:1`,
            ],
          },
          { status: 'passed', fullName: 'a sum of one is that one', failureMessages: [] },
          { status: 'skipped', fullName: 'a sum of ten' },
        ],
      },
      {
        name: join(ROOT, 'tests/shared/gone.test.ts'),
        status: 'failed',
        message: 'Cannot find module',
        assertionResults: [],
      },
    ],
  })
  expect(readVitestReport(path)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 1,
    failures: [
      `tests/shared/sum.test.ts › a sum adds\n    AssertionError: expected 2 to be 3\n        at ${ROOT}/tests/shared/sum.test.ts:2:71`,
      'tests/shared/gone.test.ts › the file itself\n    Cannot find module',
    ],
  })
})

it('names each test of Playwright that failed, or that did so once, however deep it stands', async () => {
  const spec = (title: string, line: number, status: string, message?: string) => ({
    title,
    file: 'start.spec.ts',
    line,
    tests: [{ status, results: [{ errors: message === undefined ? [] : [{ message }] }] }],
  })
  const path = await write('playwright.json', {
    stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
    suites: [
      {
        title: 'start.spec.ts',
        specs: [spec('opens', 3, 'expected')],
        suites: [
          {
            title: 'the window',
            specs: [
              spec('closes', 9, 'unexpected', '\u001b[31mError\u001b[39m: it stays'),
              spec('moves', 12, 'flaky', 'Error: slow'),
            ],
          },
        ],
      },
    ],
  })
  expect(readPlaywrightReport(path)).toEqual({
    passed: 4,
    failed: 2,
    skipped: 2,
    failures: [
      'tests/end-to-end/start.spec.ts:9 › closes\n    Error: it stays',
      'tests/end-to-end/start.spec.ts:12 › moves\n    Error: slow',
    ],
  })
})

it('adds what was reached to nothing where tests were not reached', async () => {
  const missing = join(await makeTemporaryFolder(), 'not-there.json')
  const reached = { passed: 2, failed: 1, skipped: 0, failures: ['one'] }
  expect(addReports(readVitestReport(missing), reached)).toEqual(reached)
  expect(addReports(reached, reached)).toEqual({ passed: 4, failed: 2, skipped: 0, failures: ['one', 'one'] })
  expect(addReports(NO_TESTS, NO_TESTS)).toEqual(NO_TESTS)
})

async function write(name: string, report: unknown): Promise<string> {
  const path = join(await makeTemporaryFolder(), name)
  await writeFile(path, JSON.stringify(report))
  return path
}
