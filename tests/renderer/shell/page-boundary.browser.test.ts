import '../../../src-renderer/app.css'
import { describe, expect, it } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { page } from 'vitest/browser'
import FailingPage from './FailingPage.svelte'

const button = (name: string) => page.getByRole('button', { name })

describe('a page that a defect breaks', () => {
  it.each([
    ['before it is shown', ['one', 'one']],
    ['while it is shown', ['one']],
  ])('leaves the rest usable, says what stopped it, and can be tried again: %s', async (_, rows) => {
    await render(FailingPage, { rows })
    await button('Break').click()
    await expect.element(page.getByRole('alert')).toMatchTextContent(/could not be shown.*each_key_duplicate/)
    await button('Mend').click()
    await button('Try again').click()
    await expect.element(page.getByRole('listitem').nth(1)).toHaveTextContent('two')
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  })
})
