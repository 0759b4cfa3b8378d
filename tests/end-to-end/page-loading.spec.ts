// The page comes in parts: what the first sight needs, each page when it is gone to, and a way on when a part is missing.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { findChromium, NO_CHROMIUM } from '../chromium.ts'
import { makeHome, startServing } from './serve-process.ts'
import { goTo } from './workbench-actions.ts'

const ASSETS = resolve(import.meta.dirname, '../../out/renderer/assets')
/** A sentence that only chart.js says. */
const CHART_LIBRARY = "Failed to create chart: can't acquire context"
const MOST_FIRST_BYTES = 560_000

/** All scripts that are loaded before the named one runs. */
function scriptsOf(name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen
  seen.add(name)
  const source = readFileSync(join(ASSETS, name), 'utf8')
  for (const [, imported = ''] of source.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
    scriptsOf(imported, seen)
  }
  return seen
}

function findScript(start: string): string {
  const found = readdirSync(ASSETS).find((name) => new RegExp(`^${start}-[\\w-]{8}\\.js$`).test(name))
  if (found === undefined) throw new Error(`The built page has no script that is called ${start}.`)
  return found
}

test('the first page loads neither charts nor other pages', () => {
  const first = new Set([...scriptsOf(findScript('index')), ...scriptsOf(findScript('Runs'))])
  const sources = [...first].map((name) => readFileSync(join(ASSETS, name), 'utf8'))
  expect(sources.some((source) => source.includes(CHART_LIBRARY))).toBe(false)
  expect(first).not.toContain(findScript('Experiments'))
  expect(first).not.toContain(findScript('Settings'))
  expect(sources.reduce((sum, source) => sum + source.length, 0)).toBeLessThan(MOST_FIRST_BYTES)
  const charts = [...scriptsOf(findScript('Run'))].map((name) => readFileSync(join(ASSETS, name), 'utf8'))
  expect(charts.some((source) => source.includes(CHART_LIBRARY))).toBe(true)
})

test('a page whose file does not arrive says so, and trying again shows it', async ({ page }) => {
  test.skip(findChromium() === null, NO_CHROMIUM)
  const { home, remove } = await makeHome()
  const serving = await startServing(home)
  try {
    await page.route(/assets\/Settings-/, (route) => route.abort())
    await page.goto(serving.address)
    await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible()
    await page.getByRole('link', { name: 'Settings' }).click()
    const said = page.getByRole('alert').filter({ hasText: 'This page could not be loaded' })
    await expect(said).toBeVisible()
    await goTo(page, 'Datasets')
    await expect(said).toBeHidden()
    await page.getByRole('link', { name: 'Settings' }).click()
    await expect(said).toBeVisible()
    await page.unroute(/assets\/Settings-/)
    await said.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  } finally {
    await serving.stop()
    await remove()
  }
})
