// What a page must not have: errors on its console, exceptions, requests that fail, reports of its security policy.
import type { Page } from '@playwright/test'

/** As text, because these sources know no DOM. Reports come as errors on the console as well. */
const TELL_VIOLATIONS = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
  console.error('CSP report: ' + violatedDirective + ' ' + blockedURI + ' ' + sample))`

/** Fills the list that it returns for as long as the page lives. */
export async function watchPage(page: Page): Promise<string[]> {
  const problems: string[] = []
  await page.addInitScript(TELL_VIOLATIONS)
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.stack ?? error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`)
  })
  page.on('requestfailed', (request) => {
    // Leaving a page ends what it was still loading.
    const reason = request.failure()?.errorText ?? ''
    if (reason !== 'net::ERR_ABORTED') problems.push(`${reason} ${request.url()}`)
  })
  return problems
}
