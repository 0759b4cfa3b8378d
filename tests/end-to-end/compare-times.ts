// How long the page takes to show a comparison: `node tests/end-to-end/compare-times.ts [runs in the history] [compared]`.
// Made-up runs over a fake host, the built page, a real Chromium; from the change of the address to the last cell.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from '../chromium.ts'

const ROUNDS = 5
const [history = '10000', compared = '50', port = '4318'] = process.argv.slice(2)
const executablePath = findChromium()
if (executablePath === null) throw new Error('There is no Chromium to measure with.')

const host = spawn(
  process.execPath,
  [join(import.meta.dirname, '../renderer/serve-fake.ts'), history, port],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
  },
)
await once(host.stdout, 'data')
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  const ids = Array.from(
    { length: Number(compared) },
    (_, index) => `run-${String(index + 1).padStart(5, '0')}`,
  )
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`http://127.0.0.1:${port}/#/runs`)
    await page.getByRole('grid', { name: 'Runs' }).waitFor()
    const before = performance.now()
    await page.evaluate(`location.hash = '#/compare?runs=${ids.join(',')}'`)
    await page
      .locator(`[aria-label="Runs side by side"] thead th:nth-of-type(${compared})`)
      .waitFor({ state: 'attached' })
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
    times.push(performance.now() - before)
    await page.close()
  }
  times.sort((one, other) => one - other)
  const median = times[Math.floor(ROUNDS / 2)] ?? 0
  process.stdout.write(
    `${compared} of ${history} runs shown: ${median.toFixed(0)} ms (all: ${times.map(Math.round).join(', ')})\n`,
  )
} finally {
  await browser.close()
  host.kill()
}
