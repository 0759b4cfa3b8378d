// The preload: asks when the page can listen, passes one port on, and gives the page nothing else.
import { describe, expect, it } from 'vitest'
import { passPort } from '#main/shell/pass-port.ts'
import { FakeEmitter } from './fake-emitter.ts'

function openPreload() {
  const main = new FakeEmitter()
  const page = new FakeEmitter()
  const sent: string[] = []
  const posted: unknown[][] = []
  passPort(
    { send: (channel) => sent.push(channel), on: main.on },
    { addEventListener: page.on, postMessage: (...message) => posted.push(message) },
  )
  return { main, page, sent, posted }
}

describe('the preload', () => {
  it('asks for a port when the page is ready to listen, not before', () => {
    const { page, sent } = openPreload()
    expect(sent).toEqual([])
    page.emit('DOMContentLoaded')
    expect(sent).toEqual(['atelier:port'])
  })

  it('passes the port on to its own page alone, with the word that the page waits for', () => {
    const { main, posted } = openPreload()
    const port = {}
    main.emit('atelier:port', { ports: [port] })
    expect(posted).toEqual([['atelier-port', 'app://atelier', [port]]])
  })
})
