// A3: the page cannot leave, and cannot open anything.
import { describe, expect, it } from 'vitest'
import { FakeEvent } from './fake-emitter.ts'
import { HOSTILE_ADDRESSES } from './hostile-addresses.ts'
import { openShell } from './open-shell.ts'

const EVENTS = ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'] as const

describe('a page that is told to go elsewhere', () => {
  it('has at least 30 addresses to be tried with', () => {
    expect(new Set(HOSTILE_ADDRESSES).size).toBeGreaterThanOrEqual(30)
  })

  it.each(EVENTS)('stays where it is: %s', async (name) => {
    const { window, newContents } = await openShell()
    for (const contents of [window.webContents, newContents()]) {
      const allowed = HOSTILE_ADDRESSES.filter((address) => {
        const event = new FakeEvent(address)
        contents.emit(name, event)
        return !event.isPrevented
      })
      expect(allowed).toEqual([])
    }
  })

  it('opens no window', async () => {
    const { window, newContents } = await openShell()
    for (const contents of [window.webContents, newContents()]) {
      const actions = HOSTILE_ADDRESSES.map((url) => contents.windowOpenHandler?.({ url }))
      expect(actions).toEqual(HOSTILE_ADDRESSES.map(() => ({ action: 'deny' })))
    }
  })
})
