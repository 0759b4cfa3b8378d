// A4 and A8: the app: scheme serves the built files, with the approved headers, and nothing else.
import { describe, expect, it } from 'vitest'
import { CONTENT_SECURITY_POLICY, PAGE_HEADERS } from '#main/page/page-headers.ts'
import { CANARY, TRAVERSAL_PATHS } from '../page/traversal-paths.ts'
import { HOSTILE_ADDRESSES } from './hostile-addresses.ts'
import { openShell } from './open-shell.ts'

/** What was approved; a change of the policy must be made here too, on purpose. */
const APPROVED =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; " +
  "font-src 'self'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

async function openScheme(): Promise<(url: string, method?: string) => Promise<Response>> {
  const { seen } = await openShell()
  const answer = seen.served.get('app')
  if (answer === undefined) throw new Error('the scheme is not served')
  return (url, method = 'GET') => answer({ url, method })
}

describe('the app: scheme', () => {
  it('is registered as a secure one before Electron is ready, with no privilege that it does not need', async () => {
    const { seen } = await openShell()
    const privileges = { standard: true, secure: true, supportFetchAPI: true }
    expect(seen.schemes).toEqual([{ scheme: 'app', privileges }])
    expect(seen.calls.indexOf('registerSchemesAsPrivileged')).toBeLessThan(seen.calls.indexOf('whenReady'))
  })

  it.each(['app://atelier/', 'app://atelier/index.html', 'app://atelier/index.html?a=b#/runs'])(
    'serves %s',
    async (url) => {
      const get = await openScheme()
      const response = await get(url)
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('<title>Atelier</title>')
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    },
  )

  it('answers HEAD with the headers alone, and no other method', async () => {
    const get = await openScheme()
    const head = await get('app://atelier/index.html', 'HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'get', '']) {
      expect((await get('app://atelier/index.html', method)).status).toBe(405)
    }
  })

  it('gives out nothing from outside of the page for 200 paths that try, as they are and as a URL', async () => {
    expect(TRAVERSAL_PATHS.length).toBeGreaterThanOrEqual(200)
    const get = await openScheme()
    const leaks: string[] = []
    for (const path of TRAVERSAL_PATHS) {
      const address = `app://atelier${path}`
      const parsed = URL.canParse(address) ? [new URL(address).href] : []
      for (const url of [address, ...parsed]) {
        const response = await get(url)
        const text = await response.text()
        if (text.includes(CANARY) || text.includes('root:')) leaks.push(url)
        if (response.status !== 404 && !text.includes('<title>Atelier</title>')) leaks.push(url)
      }
    }
    expect(leaks).toEqual([])
  })

  it('knows no other host', async () => {
    const get = await openScheme()
    const statuses = await Promise.all(HOSTILE_ADDRESSES.map(async (url) => (await get(url)).status))
    expect(statuses).toEqual(HOSTILE_ADDRESSES.map(() => 404))
  })

  it('sends the headers of the browser mode with every answer, refusals included', async () => {
    const get = await openScheme()
    const answers = [
      get('app://atelier/'),
      get('app://atelier/none'),
      get('app://atelier/', 'POST'),
      get('app://evil/'),
    ]
    for (const { headers } of await Promise.all(answers)) {
      const names = Object.keys(PAGE_HEADERS)
      expect(Object.fromEntries(names.map((name) => [name, headers.get(name)]))).toEqual(PAGE_HEADERS)
    }
  })
})

describe('the content security policy', () => {
  it('is the approved one, without inline code, eval or another origin', () => {
    expect(CONTENT_SECURITY_POLICY).toBe(APPROVED)
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/)
  })
})
