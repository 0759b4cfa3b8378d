// F6: hostile requests do not stop the server, fill its memory, or end a training.
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { onTestFinished, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { RPCLink } from '@orpc/client/websocket'
import { buildClient, type Client } from '#shared/client.ts'
import { sampleForTest } from '../datasets/random-test.ts'
import { sampleEpoch } from '../store/sample-runs.ts'
import { sampleProgress } from '../host/fake-trainers.ts'
import { queueSeeds } from '../host/open-test-host.ts'
import { formatRequest, openSocket, sendRaw } from './raw-http.ts'
import { openTestServer, type TestServer } from './open-test-server.ts'

const FUZZED_FRAMES = 500
const FUZZED_REQUESTS = 300
/** As many may be open at once; beyond, they are dropped. */
const MAX_SOCKETS = 200

function openWebSocket({ visitor: { origin, cookie } }: TestServer): WebSocket {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { origin, headers: { cookie } })
  onTestFinished(() => socket.terminate())
  return socket
}

function closeCode(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once('close', resolve))
}

function openClient({ visitor: { origin, cookie } }: TestServer): Client {
  const headers = { origin, cookie }
  const websocket = new globalThis.WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers })
  onTestFinished(() => websocket.close())
  return buildClient(new RPCLink({ websocket }))
}

async function requireAlive(server: TestServer): Promise<void> {
  expect((await sendRaw(server.port, formatRequest('GET', '/', server.admitted))).status).toBe(200)
}

describe('the server stays alive, and the training with it,', () => {
  it('while 150 sockets send their headers one letter at a time', { timeout: 60_000 }, async () => {
    const server = await openTestServer()
    const sockets = await Promise.all(Array.from({ length: 150 }, () => openSocket(server.port)))
    const closed = Promise.all(
      sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))),
    )
    for (const socket of sockets)
      socket
        .on('error', () => undefined)
        .resume()
        .write('GET / HTTP/1.1\r\nHost: ')
    const drip = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write('a')
    }, 200)
    await requireAlive(server)
    const start = performance.now()
    await closed
    clearInterval(drip)
    expect(performance.now() - start).toBeLessThan(10_000)
    await requireAlive(server)
  })

  it('when 1,000 sockets come at once: those above the limit are dropped', { timeout: 60_000 }, async () => {
    const server = await openTestServer()
    const attempts = await Promise.allSettled(Array.from({ length: 1000 }, () => openSocket(server.port)))
    const sockets = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
    for (const socket of sockets) socket.on('error', () => undefined).resume() // a close is seen by who reads
    const dropped = () => sockets.filter(({ destroyed, bytesRead }) => destroyed && bytesRead === 0)
    await expect
      .poll(() => dropped().length, { timeout: 20_000 }) // those that were let in are told when they take too long
      .toBeGreaterThanOrEqual(sockets.length - MAX_SOCKETS)
    for (const socket of sockets) socket.destroy()
    await expect
      .poll(() => sendRaw(server.port, formatRequest('GET', '/', server.admitted)).catch(() => null))
      .toMatchObject({
        status: 200,
      })
  })

  it('when a body of 10 GB is announced: it is refused unread', async () => {
    const server = await openTestServer()
    for (const [method, status] of [
      ['POST', 405],
      ['GET', 413],
    ] as const) {
      const head = formatRequest(method, '/', [...server.admitted, 'Content-Length: 10737418240'])
      expect((await sendRaw(server.port, head + 'x'.repeat(1_000_000))).status).toBe(status)
    }
    await requireAlive(server)
  })

  it(`after ${FUZZED_REQUESTS} requests of any bytes`, async () => {
    const server = await openTestServer()
    const pieces = fc.constantFrom(
      'GET ',
      'POST ',
      '/ ',
      'HTTP/1.1',
      '\r\n',
      'Host: ',
      ':',
      '\0',
      'Cookie: ',
      '\n',
    )
    const request = fc.array(fc.oneof(pieces, fc.string({ maxLength: 20 })), { maxLength: 20 })
    for (const parts of sampleForTest('requests of any bytes', request, FUZZED_REQUESTS)) {
      const { status } = await sendRaw(server.port, `${parts.join('')}\r\n\r\n`, true)
      expect([0, 400, 401, 403, 405, 431], JSON.stringify(parts)).toContain(status)
    }
    await requireAlive(server)
  })

  it(`after ${FUZZED_FRAMES} messages that no page sends: each ends its socket and nothing else`, async () => {
    const server = await openTestServer()
    const client = openClient(server)
    const [runId = ''] = await queueSeeds(server.host, [1])
    const message = fc.oneof(
      fc.string(),
      fc.json(),
      fc.uint8Array({ maxLength: 50 }),
      fc.constantFrom('{"i":"1","p":{"u":"/__proto__/x","b":{}}}', '{"i":"1","t":3,"p":{}}', '[]', 'null'),
    )
    const before = process.memoryUsage.rss()
    for (const data of sampleForTest('messages that no page sends', message, FUZZED_FRAMES)) {
      const socket = openWebSocket(server)
      socket.once('open', () => socket.send(data))
      expect(await closeCode(socket), JSON.stringify(data)).toBe(1007)
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000)
    expect((await client.queue.read({})).current).toBe(runId)
    await requireAlive(server)
  })

  it('when a message is too large, and when there are too many sockets', async () => {
    const server = await openTestServer()
    const large = openWebSocket(server)
    large.once('open', () => large.send('x'.repeat(17 * 1024 * 1024)))
    expect(await closeCode(large)).toBe(1009)
    const sockets = Array.from({ length: 32 }, () => openWebSocket(server))
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('open', resolve))))
    const tooMany = openWebSocket(server)
    const refused = new Promise<string>((resolve) => tooMany.once('error', ({ message }) => resolve(message)))
    expect(await refused).toContain('503')
  })
})

it('a page that does not read gets less progress, and every epoch, when it reads again', async () => {
  const server = await openTestServer()
  const socket = openWebSocket(server)
  const received: string[] = []
  socket.on('message', (data: Buffer) => received.push(data.toString('utf8')))
  await new Promise((resolve) => socket.once('open', resolve))
  socket.send(JSON.stringify({ i: '1', p: { u: '/events', b: { json: {} } } }))
  await expect.poll(() => server.host.announcer.readerCount).toBe(1)
  socket.pause()
  const { announce } = server.host.announcer
  const padding = 'x'.repeat(20_000) // fills what the operating system buffers for a socket
  for (let number = 1; number <= 1000; number++) {
    announce({ type: 'training-progressed', runId: padding, progress: sampleProgress(1, number) })
    if (number % 100 === 0)
      announce({ type: 'epoch-completed', runId: 'a', metrics: sampleEpoch(number / 100) })
    if (number % 10 === 0) await delay(1)
  }
  socket.resume()
  const count = (type: string): number => received.filter((message) => message.includes(`"${type}"`)).length
  await expect.poll(() => count('epoch-completed')).toBe(10)
  await expect.poll(() => received.some((message) => message.includes('"batch":1000,'))).toBe(true)
  expect(count('training-progressed')).toBeLessThan(950)
})
