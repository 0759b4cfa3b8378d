// End-to-end tests: the whole application in a real browser. Files run two at a time, each over a data folder and a server
// of its own; the tests of a file run one after the other.
import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from './tests/chromium.ts'

const executablePath = findChromium()

/** What trains for a minute begins first, so that it does not run on alone at the end. */
const LONGEST = /(workbench|paper|compare)\.spec\.ts$/

export default defineConfig({
  testDir: 'tests/end-to-end',
  outputDir: 'out/end-to-end',
  workers: 2,
  projects: [
    { name: 'longest', testMatch: LONGEST },
    { name: 'others', testIgnore: LONGEST },
  ],
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] === 'true',
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    actionTimeout: 15_000,
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      args: [...CHROMIUM_FLAGS],
      ...(executablePath === null ? {} : { executablePath }),
    },
  },
})
