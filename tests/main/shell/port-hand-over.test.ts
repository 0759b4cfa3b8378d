// A5, the senders: the port goes to the top frame of our page in our window, and to nobody else.
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { describe, expect, it } from 'vitest'
import type { ShellClient } from '#main/shell/training-watch.ts'
import { FakeFrame } from './fake-electron.ts'
import { HOSTILE_ADDRESSES } from './hostile-addresses.ts'
import { type OpenedShell, openShell, settle } from './open-shell.ts'
import { readShellSources } from './shell-sources.ts'

const PAGE = 'app://atelier/index.html'
const ORIGIN = 'app://atelier'

function ask({ events }: OpenedShell, sender: object, senderFrame: FakeFrame | null): void {
  events.ipc.emit('atelier:port', { sender, senderFrame })
}

/** A page that asks, and the client that it makes of what it gets. */
function openPage(shell: OpenedShell): { frame: FakeFrame; client: ShellClient; closed: Promise<void> } {
  const frame = new FakeFrame(PAGE, ORIGIN)
  ask(shell, shell.window.webContents, frame)
  const port = frame.ports[0]?.port
  if (port === undefined) throw new Error('the page got no port')
  const closed = new Promise<void>((resolve) => port.once('close', resolve))
  return { frame, closed, client: createORPCClient(new RPCLink({ port })) }
}

describe('the request for a port', () => {
  it('is the only channel that anyone listens to', async () => {
    const texts = (await readShellSources()).map(({ text }) => text).join('\n')
    expect(texts.match(/ipcMain\.(on|once|handle|handleOnce)\(/g)).toEqual(['ipcMain.on('])
    expect(texts).not.toMatch(/contextBridge|exposeInMainWorld|\.ipc\.(on|handle)|sendSync|executeJavaScript/)
  })

  it('is answered to our page with one port and nothing else', async () => {
    const shell = await openShell()
    const { frame, client } = openPage(shell)
    expect(frame.messages).toEqual(['atelier:port null'])
    expect(frame.ports).toHaveLength(1)
    expect(await client.settings.read({})).toEqual({ theme: 'system', engine: 'auto', threads: 'automatic' })
  })

  it('is not answered to any other sender', async () => {
    const shell = await openShell()
    const { webContents } = shell.window
    const elsewhere = HOSTILE_ADDRESSES.map((url) => new FakeFrame(url, ORIGIN))
    const foreign = HOSTILE_ADDRESSES.map((url) => new FakeFrame(PAGE, url))
    const frames = [
      ...elsewhere, // other host, about:blank, file:, a development server's address
      ...foreign,
      new FakeFrame(PAGE, 'null'),
      new FakeFrame('http://localhost:5173/index.html', 'http://localhost:5173'),
      new FakeFrame(PAGE, ORIGIN, {}), // a frame within the page
    ]
    for (const frame of frames) ask(shell, webContents, frame)
    ask(shell, webContents, null) // a frame that is gone
    const stranger = new FakeFrame(PAGE, ORIGIN)
    ask(shell, shell.newContents(), stranger) // another window
    expect([...frames, stranger].filter(({ messages, ports }) => messages.length + ports.length > 0)).toEqual(
      [],
    )
    expect(shell.seen.channels).toEqual([])
  })
})

describe('a page that is loaded anew', () => {
  it('gets a new port; the old one is closed and what streamed over it ends', async () => {
    const shell = await openShell()
    const first = openPage(shell)
    const events = await first.client.events({})
    const next = events.next()
    await settle()
    const readers = shell.host.announcer.readerCount
    const second = openPage(shell)
    await first.closed
    await expect(next).rejects.toThrow(/closed|aborted/)
    await settle()
    expect(shell.host.announcer.readerCount).toBe(readers - 1)
    expect(await second.client.settings.read({})).toEqual({
      theme: 'system',
      engine: 'auto',
      threads: 'automatic',
    })
  })

  it('leaves nothing behind when its process is gone', async () => {
    const shell = await openShell()
    const { frame, client } = openPage(shell)
    const before = shell.host.announcer.readerCount
    const events = await client.events({})
    void events.next().catch(() => 'the page is gone')
    await settle()
    expect(shell.host.announcer.readerCount).toBe(before + 1)
    frame.ports[0]?.close()
    await settle()
    expect(shell.host.announcer.readerCount).toBe(before)
  })
})
