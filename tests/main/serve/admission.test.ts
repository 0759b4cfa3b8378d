// F1, F2, F3: nothing without the secret, the exact host and no other origin.
import { describe, expect, it } from 'vitest'
import { formatRequest, formatUpgrade, sendRaw } from './raw-http.ts'
import { openTestServer, ROUTES, type TestServer } from './open-test-server.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'] as const

/** Tokens and cookie values that are not the ones of this server. */
function wrongSecrets(secret: string, secretOfOther: string): readonly string[] {
  return ['', 'wrong', secretOfOther, secret.slice(0, -1), `${secret}x`, secret.toUpperCase(), ` ${secret}`]
}

function tokenOf({ server }: TestServer): string {
  return new URL(server.address).searchParams.get('token') ?? ''
}

describe('F1: without the secret', () => {
  it('every route answers 401 to every method and tells nothing', async () => {
    const { port } = await openTestServer()
    for (const path of [...ROUTES, '/rpc', '/missing', '/assets/']) {
      for (const method of METHODS) {
        const { status, body } = await sendRaw(port, formatRequest(method, path, [`Host: 127.0.0.1:${port}`]))
        expect([path, method, status, body]).toEqual([
          path,
          method,
          401,
          method === 'HEAD' ? '' : 'Unauthorized\n',
        ])
      }
    }
  })

  it('no token but the right one opens, in the address and in the cookie', async () => {
    const [mine, other] = [await openTestServer(), await openTestServer()]
    const { port } = mine
    const [name = '', value = ''] = mine.visitor.cookie.split('=')
    const otherValue = other.visitor.cookie.split('=')[1] ?? ''
    for (const token of wrongSecrets(tokenOf(mine), tokenOf(other))) {
      const path = `/?token=${encodeURIComponent(token)}`
      const { status } = await sendRaw(port, formatRequest('GET', path, [`Host: 127.0.0.1:${port}`]))
      expect([path, status]).toEqual([path, 401])
    }
    for (const cookie of [
      ...wrongSecrets(value, otherValue).map((wrong) => `${name}=${wrong}x`),
      `${name}=`,
      `${name}=${tokenOf(mine)}`,
      `other=${value}`,
      other.visitor.cookie,
      value,
    ]) {
      const lines = [`Host: 127.0.0.1:${port}`, `Cookie: ${cookie}`]
      expect((await sendRaw(port, formatRequest('GET', '/', lines))).status).toBe(401)
      const upgrade = formatUpgrade('/rpc', [...lines, `Origin: ${mine.visitor.origin}`])
      expect((await sendRaw(port, upgrade)).status).toBe(401)
    }
  })

  it('the token opens nothing but the first page', async () => {
    const { server, port, visitor } = await openTestServer()
    const { search } = new URL(server.address)
    const lines = [`Host: 127.0.0.1:${port}`]
    expect((await sendRaw(port, formatRequest('GET', `/index.html${search}`, lines))).status).toBe(401)
    expect((await sendRaw(port, formatRequest('POST', `/${search}`, lines))).status).toBe(401)
    const upgrade = formatUpgrade(`/rpc${search}`, [...lines, `Origin: ${visitor.origin}`])
    expect((await sendRaw(port, upgrade)).status).toBe(401)
  })

  it('a first visit changes the token for a cookie that scripts and other sites do not see', async () => {
    const { server, port } = await openTestServer()
    const { search } = new URL(server.address)
    const { status, headers, body } = await sendRaw(
      port,
      formatRequest('GET', `/${search}`, [`Host: 127.0.0.1:${port}`]),
    )
    expect([status, headers['location'], body]).toEqual([303, '/', ''])
    expect(headers['set-cookie']).toMatch(
      /^atelier-[0-9a-f]{12}=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    )
    expect(headers['set-cookie']).not.toContain(search.slice('?token='.length))
  })

  it('the key for the browser command works once', async () => {
    const { server, port } = await openTestServer()
    const { search } = new URL(server.makeAddressForOnce())
    const visit = formatRequest('GET', `/${search}`, [`Host: 127.0.0.1:${port}`])
    expect([(await sendRaw(port, visit)).status, (await sendRaw(port, visit)).status]).toEqual([303, 401])
    expect(server.address).not.toContain(search.slice('?key='.length))
  })
})

describe('F2: another name for this server', () => {
  it('is refused, whatever it looks like; only the two exact ones pass', async () => {
    const { port, visitor } = await openTestServer()
    const cookie = `Cookie: ${visitor.cookie}`
    const hosts = [
      ...[
        'evil.com',
        `evil.com:${port}`,
        `127.0.0.1.evil.com:${port}`,
        `localhost.evil:${port}`,
        'localhost',
      ],
      ...[
        '127.0.0.1',
        `127.0.0.1:${port + 1}`,
        `localhost:${port - 1}`,
        `[::1]:${port}`,
        '[::1]',
        `0.0.0.0:${port}`,
      ],
      ...[
        `LOCALHOST:${port}`,
        `LocalHost:${port}`,
        `localhost.:${port}`,
        `127.0.0.1.:${port}`,
        `127.1:${port}`,
      ],
      ...[
        `2130706433:${port}`,
        `0x7f000001:${port}`,
        `0177.0.0.1:${port}`,
        `127.0.0.01:${port}`,
        `127.0.0.2:${port}`,
      ],
      ...[
        `user@localhost:${port}`,
        `localhost:${port}@evil.com`,
        `evil.com#localhost:${port}`,
        `localhost:${port}/`,
      ],
      ...[
        `localhost:${port}.evil.com`,
        `http://localhost:${port}`,
        `//localhost:${port}`,
        `localhost:0${port}`,
      ],
      ...[
        `localhost:${port},evil.com`,
        `evil.com, localhost:${port}`,
        `localhost;${port}`,
        `xlocalhost:${port}`,
      ],
      ...[
        `localhostx:${port}`,
        `local host:${port}`,
        `localhost :${port}`,
        `[::ffff:127.0.0.1]:${port}`,
        `:${port}`,
      ],
      ...['', '*', `*:${port}`, `127.0.0.1:${port}\u00a0`],
    ]
    expect(hosts.length).toBeGreaterThanOrEqual(40)
    for (const host of hosts) {
      const lines = [`Host: ${host}`, cookie]
      const status = (await sendRaw(port, formatRequest('GET', '/', lines))).status
      expect([host, status]).toEqual([host, 403])
      const upgrade = await sendRaw(port, formatUpgrade('/rpc', [...lines, `Origin: http://${host}`]))
      expect([host, upgrade.status]).toEqual([host, 403])
    }
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      const lines = [`Host: ${host}`, cookie]
      expect((await sendRaw(port, formatRequest('GET', '/', lines))).status).toBe(200)
      const upgrade = await sendRaw(port, formatUpgrade('/rpc', [...lines, `Origin: http://${host}`]))
      expect(upgrade.status).toBe(101)
    }
  })

  it('is refused when it is missing, double, or in the request line', async () => {
    const { port, visitor } = await openTestServer()
    const cookie = `Cookie: ${visitor.cookie}`
    const host = `Host: 127.0.0.1:${port}`
    const requests = [
      formatRequest('GET', '/', [cookie]),
      formatRequest('GET', '/', [host, host, cookie]),
      formatRequest('GET', '/', [host, 'Host: evil.com', cookie]),
      formatRequest('GET', '/', ['host: evil.com', host, cookie]),
      formatRequest('GET', `http://127.0.0.1:${port}/`, [host, cookie]),
      formatRequest('GET', 'http://evil.com/', [host, cookie]),
      formatRequest('OPTIONS', '*', [host, cookie]),
    ]
    for (const request of requests)
      expect([request, (await sendRaw(port, request)).status]).toEqual([request, 403])
  })
})

describe('F3: a page of another origin', () => {
  it('is refused on every route and on the upgrade, and may read nothing', async () => {
    const { port, admitted, visitor } = await openTestServer()
    const { origin } = visitor
    const origins = [
      ...['null', '', 'http://evil.com', 'https://evil.com', `https://127.0.0.1:${port}`, 'http://127.0.0.1'],
      ...[
        `http://127.0.0.1:${port + 1}`,
        `http://127.0.0.1:${port}.evil.com`,
        `${origin}/`,
        `${origin}x`,
        `x${origin}`,
      ],
      ...[
        `http://localhost:${port}`,
        `http://127.0.0.1.evil.com:${port}`,
        `http://evil.com:${port}`,
        'file://',
      ],
      ...[
        `http://[::1]:${port}`,
        `http://0.0.0.0:${port}`,
        `HTTP://127.0.0.1:${port}`,
        `ws://127.0.0.1:${port}`,
      ],
      ...[
        `//127.0.0.1:${port}`,
        `127.0.0.1:${port}`,
        `http:/127.0.0.1:${port}`,
        `http://user@127.0.0.1:${port}`,
      ],
      ...[
        `${origin}, http://evil.com`,
        `http://evil.com, ${origin}`,
        `${origin} http://evil.com`,
        'app://atelier',
      ],
      ...[
        'chrome-extension://abcdefgh',
        'data:',
        'about:blank',
        `${origin}#`,
        `${origin}?`,
        '*',
        'undefined',
      ],
    ]
    expect(origins.length).toBeGreaterThanOrEqual(30)
    for (const foreign of origins) {
      const lines = [...admitted, `Origin: ${foreign}`]
      for (const request of [
        formatRequest('GET', '/', lines),
        formatRequest('POST', '/rpc', lines),
        formatUpgrade('/rpc', lines),
      ]) {
        const { status, headers, body } = await sendRaw(port, request)
        expect([foreign, status, body]).toEqual([foreign, 403, 'Forbidden\n'])
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
      }
    }
  })

  it('must be named in an upgrade, once, and may be our own', async () => {
    const { port, admitted, admittedUpgrade, visitor } = await openTestServer()
    const twice = [...admittedUpgrade, `Origin: ${visitor.origin}`]
    expect((await sendRaw(port, formatUpgrade('/rpc', admitted))).status).toBe(403)
    expect((await sendRaw(port, formatUpgrade('/rpc', twice))).status).toBe(403)
    expect((await sendRaw(port, formatUpgrade('/rpc', admittedUpgrade))).status).toBe(101)
    expect((await sendRaw(port, formatRequest('GET', '/', admittedUpgrade))).status).toBe(200)
  })
})
