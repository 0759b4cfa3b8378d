// C10: closing while a run trains asks first, and then ends cleanly; nothing ends before the host has closed.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { endInOrder } from '#main/shell/orderly-end.ts'
import { buildFakeElectron } from './fake-electron.ts'
import { FakeEvent } from './fake-emitter.ts'
import { buildFakeHost } from './fake-host.ts'
import { openShell, settle, waitForEnd } from './open-shell.ts'

const TRAINING = { current: 'run-1', waiting: [{ runId: 'run-2', engine: 'auto' as const }], held: false }
const STOP = 0
const STAY = 1

describe('the window that is closed', () => {
  it('ends the application when nothing trains, without a question, after the host has closed', async () => {
    const { seen, window, host } = await openShell()
    const event = new FakeEvent()
    window.emit('close', event)
    expect([event.isPrevented, seen.hasQuit]).toEqual([true, false])
    await waitForEnd(seen)
    expect([seen.hasQuit, host.isClosed, seen.messageBoxes]).toEqual([true, true, []])
  })

  it('asks once while a run trains, and stays when told so', async () => {
    const { seen, window, host, electron } = await openShell({
      host: buildFakeHost(TRAINING),
      answer: () => STAY,
    })
    window.emit('close', new FakeEvent())
    electron.app.quit()
    await settle()
    expect(seen.messageBoxes).toHaveLength(1)
    expect(seen.messageBoxes[0]).toMatchObject({
      message: 'A run is training.',
      buttons: ['Stop and Quit', 'Cancel'],
      defaultId: STAY,
      cancelId: STAY,
      detail: expect.stringMatching(/finished epochs are saved.*1 run that waits/) as string,
    })
    expect([host.isClosed, seen.hasQuit]).toEqual([false, false])
    window.emit('close', new FakeEvent()) // it can be asked again
    await settle()
    expect(seen.messageBoxes).toHaveLength(2)
  })

  it('ends when told so, and the end of the run is not told as news', async () => {
    const host = buildFakeHost(TRAINING)
    const { seen, window } = await openShell({ host, answer: () => STOP })
    window.emit('close', new FakeEvent())
    await waitForEnd(seen)
    expect([host.isClosed, seen.hasQuit, seen.notifications]).toEqual([true, true, []])
  })

  it('does not ask when the system ends the session or a signal came', async () => {
    const host = buildFakeHost(TRAINING)
    const { seen, window, shell } = await openShell({ host })
    window.emit('session-end')
    await shell?.endNow()
    await waitForEnd(seen)
    expect([host.isClosed, seen.hasQuit, seen.messageBoxes]).toEqual([true, true, []])
  })

  it('leaves its place behind', async () => {
    const { seen, window, home } = await openShell()
    window.bounds = { x: 10, y: 20, width: 1100, height: 800 }
    window.emit('close', new FakeEvent())
    await waitForEnd(seen)
    const places: unknown = JSON.parse(await readFile(join(home, 'window', 'place.json'), 'utf8'))
    expect(places).toEqual({ last: '1', displays: { 1: { ...window.bounds, isMaximized: false } } })
  })
})

describe('a host that does not close', () => {
  it('keeps nobody from quitting, and is noted', async () => {
    const { electron, seen } = buildFakeElectron()
    const notes: string[] = []
    const close = (): Promise<void> => new Promise(() => undefined)
    const note = (line: string): void => void notes.push(line)
    const end = endInOrder(electron.app, { mayEnd: () => Promise.resolve(true), close, note, patienceMs: 20 })
    await end.endNow()
    expect([seen.hasQuit, notes]).toEqual([true, ['Closing: Error: not done after 20 ms']])
  })
})
