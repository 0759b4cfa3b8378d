// Asks axe about what is on the page, in both themes.
import axe from 'axe-core'
import { expect } from 'vitest'

export async function expectNoFaults(): Promise<void> {
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset['theme'] = theme
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } })
    const faults = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${theme}: ${id} ${html}`))
    expect(faults).toEqual([])
  }
  delete document.documentElement.dataset['theme']
}
