// A5, the shapes: whatever a page posts through its port, no call is reached that its input does not allow, nothing is
// thrown where nobody catches it, and the objects that all share stay as they are.
import { setImmediate as turn } from 'node:timers/promises'
import { RPCHandler } from '@orpc/server/message-port'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contract } from '#shared/contract.ts'
import { handOverPorts } from '#main/shell/port-hand-over.ts'
import { buildFakeElectron, FakeFrame } from './fake-electron.ts'
import { buildFakeHost } from './fake-host.ts'
import { type FakePort, takeMessage } from './fake-port.ts'
import { FakeContents } from './fake-window.ts'

const RUNS = 200

function openPorts() {
  const host = buildFakeHost()
  const { electron, events, seen } = buildFakeElectron()
  const contents = new FakeContents()
  handOverPorts(electron, contents, new RPCHandler(host.router))
  const open = (): FakePort => {
    const frame = new FakeFrame('app://atelier/index.html', 'app://atelier')
    events.ipc.emit('atelier:port', { sender: contents, senderFrame: frame })
    const [port] = frame.ports
    if (port === undefined) throw new Error('the page got no port')
    return port
  }
  return { host, seen, open }
}

/** Posts a message and gives the answer, or undefined where there was none. */
async function post(port: FakePort, message: unknown): Promise<unknown> {
  port.port.postMessage(message)
  for (let wait = 0; wait < 5; wait++) await turn()
  return takeMessage(port)
}

interface Call {
  readonly path: string
  /** Whether the contract takes this as the call's input. */
  readonly takes: (input: unknown) => boolean
}

interface Checks {
  safeParse(input: unknown): { readonly success: boolean }
}

/** The part of a call of the contract that is looked at here. */
interface Described {
  readonly '~orpc': { readonly inputSchema?: Checks | undefined }
}

const { events: _events, ...groups } = contract
const CALLS: Call[] = Object.entries<Readonly<Record<string, Described>>>(groups).flatMap(([group, calls]) =>
  Object.entries(calls).map(([name, call]) => ({
    path: `/${group}/${name}`,
    takes: (input) => call['~orpc'].inputSchema?.safeParse(input).success ?? true,
  })),
)

const hostileKeys = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'then',
  'runId',
  'extra',
)
const hostileInput = fc.oneof(
  { weight: 6, arbitrary: fc.anything({ withNullPrototype: true }) },
  {
    weight: 6,
    arbitrary: fc.dictionary(hostileKeys, fc.oneof(fc.anything(), fc.string({ maxLength: 5000 }))),
  },
  {
    weight: 2,
    arbitrary: fc.constant(
      JSON.parse('{"__proto__":{"polluted":true},"runId":{"__proto__":{"polluted":true}}}'),
    ),
  },
  { weight: 1, arbitrary: fc.constant({ runId: 'x'.repeat(1_000_000) }) },
  { weight: 1, arbitrary: fc.constant(null) },
)

/** What JSON makes of it, or null where it makes nothing. */
function toJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value))
  } catch {
    return null
  }
}

describe('a message that comes through the port', () => {
  it('reaches no call when it is no call at all, and ends the port', async () => {
    const { host, open } = openPorts()
    const garbage = fc.oneof(
      fc.anything().filter((value) => typeof value !== 'function' && typeof value !== 'symbol'),
      fc.string(),
      fc.json(),
      fc.uint8Array(),
      fc.constantFrom(
        '{"i":"1"}',
        '{"i":"1","t":3,"p":{}}',
        '{"i":"1","p":{"u":"http://evil/"}}',
        '[]',
        'null',
        '{}',
      ),
      fc.record({ i: fc.string(), t: fc.anything(), p: fc.anything() }).map((value) => JSON.stringify(value)),
      fc.constant(
        JSON.stringify({
          i: '1',
          p: { u: '/runs/read', b: { json: {} }, h: { 'content-disposition': 'x' } },
        }),
      ),
    )
    await fc.assert(
      fc.asyncProperty(garbage, async (message) => {
        const port = open()
        let isEnded = false
        port.on('close', () => (isEnded = true))
        const cloned = toClone(message)
        expect(await post(port, cloned)).toBeUndefined()
        await expect.poll(() => isEnded).toBe(true)
      }),
      { numRuns: RUNS },
    )
    expect(host.reached).toEqual([])
  })

  it.each(CALLS)('reaches $path with no input but its own', async ({ path, takes }) => {
    const { host, open } = openPorts()
    const port = open()
    let id = 0
    await fc.assert(
      fc.asyncProperty(hostileInput, async (input) => {
        const json = toJson(input)
        fc.pre(!takes(json))
        id += 1
        const message = JSON.stringify({ i: String(id), p: { u: path, b: { json } } })
        expect(await post(port, message)).toMatch(/"s":400/)
      }),
      { numRuns: RUNS },
    )
    expect(host.reached).toEqual([])
    expect('polluted' in {}).toBe(false)
  })

  it('reaches no call that the contract does not have', async () => {
    const { host, open } = openPorts()
    const port = open()
    const paths = [
      '/runs',
      '/runs/constructor',
      '/system/__proto__',
      '/constructor/constructor',
      '/toString',
      '/runs/read/then',
    ]
    for (const [index, u] of paths.entries()) {
      const answer = await post(port, JSON.stringify({ i: String(index), p: { u, b: { json: {} } } }))
      expect(answer === undefined || /s[\\":]+404/.test(JSON.stringify(answer))).toBe(true)
    }
    expect(host.reached).toEqual([])
  })

  it('reaches its call when it is right', async () => {
    const { host, open } = openPorts()
    const call = { i: '1', p: { u: '/runs/pause', b: { json: { runId: 'a' } } } }
    await post(open(), JSON.stringify(call))
    expect(host.reached).toEqual(['runs.pause'])
  })
})

/** What of a value can be posted at all. */
function toClone(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    return String(value)
  }
}
