// F7, F8: only files of the page, and our headers on every answer.
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { CONTENT_SECURITY_POLICY, PAGE_HEADERS } from '#main/page/page-headers.ts'
import { CANARY, TRAVERSAL_PATHS } from '../page/traversal-paths.ts'
import { openTestServer, ROUTES } from './open-test-server.ts'
import { formatRequest, formatUpgrade, type RawAnswer, sendRaw } from './raw-http.ts'

const APPROVED_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; " +
  "font-src 'self'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

describe('F7: a path', () => {
  it(`of ${TRAVERSAL_PATHS.length} that try to leave the page reaches nothing`, async () => {
    const { port, admitted } = await openTestServer()
    expect(TRAVERSAL_PATHS.length).toBeGreaterThanOrEqual(200)
    for (const path of TRAVERSAL_PATHS) {
      const { status, body } = await sendRaw(port, formatRequest('GET', path, admitted))
      expect([path, [400, 403, 404].includes(status), body.includes(CANARY)]).toEqual([path, true, false])
    }
  })

  it('of the page is served with its type and kept by its name', async () => {
    const { port, admitted } = await openTestServer()
    const answers = await Promise.all(
      ROUTES.map((path) => sendRaw(port, formatRequest('GET', path, admitted))),
    )
    expect(
      answers.map(({ status, headers }) => [status, headers['content-type'], headers['cache-control']]),
    ).toEqual([
      [200, 'text/html; charset=utf-8', 'no-store'],
      [200, 'text/html; charset=utf-8', 'no-store'],
      [200, 'text/javascript; charset=utf-8', 'private, max-age=31536000, immutable'],
    ])
    const headers = answers[2]?.headers
    const again = [...admitted, `If-None-Match: ${headers?.['etag'] ?? ''}`]
    expect((await sendRaw(port, formatRequest('GET', ROUTES[2], again))).status).toBe(304)
    const head = await sendRaw(port, formatRequest('HEAD', ROUTES[2], admitted))
    expect([head.status, head.body, head.headers['content-length']]).toEqual([
      200,
      '',
      headers?.['content-length'],
    ])
  })
})

describe('F8: the headers', () => {
  it('have the approved policy', () => {
    expect(CONTENT_SECURITY_POLICY).toBe(APPROVED_POLICY)
  })

  it('are on every answer, whatever its status', { timeout: 60_000 }, async () => {
    const { port, admitted, admittedUpgrade, server } = await openTestServer()
    const { search } = new URL(server.address)
    const host = `Host: 127.0.0.1:${port}`
    const requests: readonly (readonly [number, string])[] = [
      [200, formatRequest('GET', '/', admitted)],
      [200, formatRequest('HEAD', '/', admitted)],
      [303, formatRequest('GET', `/${search}`, [host])],
      [400, 'nonsense\r\n\r\n'],
      [400, `GET / HTTP/1.1\r\n${host}\r\nContent-Length: -1\r\n\r\n`],
      [400, `GET / HTTP/9.9\r\n${host}\r\n\r\n`],
      [400, formatUpgrade('/rpc', admittedUpgrade).replace('websocket', 'h2c')],
      [401, formatRequest('GET', '/', [host])],
      [401, formatUpgrade('/rpc', [host, `Origin: http://127.0.0.1:${port}`])],
      [403, formatRequest('GET', '/', ['Host: evil.com'])],
      [403, formatUpgrade('/rpc', ['Host: evil.com'])],
      [404, formatRequest('GET', '/missing', admitted)],
      [404, formatUpgrade('/elsewhere', admittedUpgrade)],
      [405, formatRequest('POST', '/', admitted)],
      [405, formatRequest('CONNECT', 'evil.com:443', admitted)],
      [413, formatRequest('GET', '/', [...admitted, 'Content-Length: 5'])],
      [431, formatRequest('GET', '/', [...admitted, `Filler: ${'x'.repeat(20_000)}`])],
      [200, formatRequest('GET', '/', [...admitted, 'Expect: something-else'])],
    ]
    for (const [status, request] of requests) {
      const answer = await sendRaw(port, request)
      expect([request.slice(0, 60), answer.status]).toEqual([request.slice(0, 60), status])
      requireHeaders(answer)
    }
    requireHeaders(await sendSlowly(port))
  })
})

function requireHeaders({ status, headers }: RawAnswer): void {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) {
    expect([status, name, headers[name.toLowerCase()]]).toEqual([status, name, value])
  }
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
}

/** Begins a request and never ends it: answered with 408. */
async function sendSlowly(port: number): Promise<RawAnswer> {
  const answer = await sendRaw(port, 'GET / HTTP/1.1\r\nHost: 127')
  expect(answer.status).toBe(408)
  await new Promise<void>((resolve) => connect(port, '127.0.0.1', resolve).end())
  return answer
}
