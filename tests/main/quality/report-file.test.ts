import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readReport, reportFileOf, writeReport } from '#main/quality/report-file.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { sampleReport } from './sample-report.ts'

test('a report comes back as it was written', async () => {
  const file = reportFileOf(temporaryHome(), 'sketches')
  await writeReport(file, sampleReport())
  expect(await readReport(file)).toEqual(sampleReport())
})

test('where there is no report, there is none', async () => {
  expect(await readReport(join(temporaryHome(), 'nothing.json'))).toBeNull()
})

test.each([
  ['half of it', JSON.stringify(sampleReport()).slice(0, 400)],
  ['something else', '{"format":2}'],
  ['an image that the data does not have', JSON.stringify(sampleReport({ trainCount: 3, testCount: 0 }))],
  ['more findings than are kept', JSON.stringify(withManyOutliers())],
])('%s is no report, and is computed again', async (_, text) => {
  const folder = temporaryHome()
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'sketches.json')
  await writeFile(file, text)
  expect(await readReport(file)).toBeNull()
})

test('a file that is too large is not even parsed', async () => {
  const file = join(temporaryHome(), 'sketches.json')
  await writeFile(file, `${JSON.stringify(sampleReport())}${' '.repeat(33 * 1024 * 1024)}`)
  expect(await readReport(file)).toBeNull()
})

function withManyOutliers() {
  const report = sampleReport()
  const finding = { image: 1, label: 0, score: 2 }
  return { ...report, outliers: { ...report.outliers, findings: new Array(5001).fill(finding) } }
}
