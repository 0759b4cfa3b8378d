import { expect, it } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { page } from 'vitest/browser'
import '../../../src-renderer/app.css'
import Select from '../../../src-renderer/parts/Select.svelte'

it('runs of a sweep are told apart in a list by the ends of their names', async () => {
  const names = [1, 2].map(
    (seed) => `a comparison of pooling and of padding for autumn · learning rate 0.1 · seed ${seed}`,
  )
  const choices = names.map((label) => ({ value: label, label }))
  const { container } = await render(Select, {
    ...{ label: 'Run', choices, value: names[1] ?? '', onchange: () => undefined },
  })
  container.style.width = '220px'
  const button = page.getByLabelText('Run')
  await expect.element(button).toBeVisible()
  const { right } = button.element().getBoundingClientRect()
  const end = button.element().querySelector('.end')
  expect(end?.textContent.endsWith('seed 2')).toBe(true)
  expect(end?.getBoundingClientRect().right).toBeLessThanOrEqual(right)
  expect(end?.getBoundingClientRect().width).toBeGreaterThan(30)
})
