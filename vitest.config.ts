// Tests under plain Node, and those of the page in a real Chromium. Those that need what is not here say so when they
// are skipped.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { CHROMIUM_FLAGS, findChromium, NO_CHROMIUM } from './tests/chromium.ts'

const executablePath = findChromium()

const node: TestProjectConfiguration = {
  test: {
    name: 'node',
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/renderer/**/*.browser.test.ts'],
    environment: 'node',
    pool: 'forks', // one process a file: TensorFlow.js keeps one engine for a process
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
}

const browser: TestProjectConfiguration = {
  plugins: [svelte({ configFile: false })],
  test: {
    name: 'browser',
    include: ['tests/renderer/**/*.browser.test.ts'],
    testTimeout: 30_000,
    expect: { poll: { timeout: 5000 } },
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      viewport: { width: 1440, height: 900 },
      provider: playwright({
        launchOptions: {
          args: [...CHROMIUM_FLAGS],
          ...(executablePath === null ? {} : { executablePath }),
        },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
}

if (executablePath === null) {
  if (process.env['CI'] === 'true') throw new Error(`The page's tests cannot run: ${NO_CHROMIUM}.`)
  process.stderr.write(`Skipped: the page's tests, because ${NO_CHROMIUM}.\n`)
}

export default defineConfig({ test: { projects: executablePath === null ? [node] : [node, browser] } })
