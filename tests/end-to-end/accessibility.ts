// What every page must be: without serious faults for axe, in both themes, and never wider than the window.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Asks axe about the page as it stands, light and dark; without motion, so that each has its colours at once. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Legacy mode: axe opens no page of its own beside this one, which has no frames.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    const faults = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${any[0]?.message ?? ''} ${html}`))
    expect.soft(faults, `${what}, ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
}

/** At the smallest window that is promised. */
export async function expectToFitSmallWindow(page: Page, what: string): Promise<void> {
  await page.setViewportSize({ width: 1024, height: 700 })
  const measure = `[document.documentElement, document.querySelector('main'), document.querySelector('.page')]
    .map((element) => element.scrollWidth - element.clientWidth)`
  await expect.soft.poll(() => page.evaluate(measure), { message: what }).toEqual([0, 0, 0])
  await page.setViewportSize({ width: 1440, height: 900 })
}
