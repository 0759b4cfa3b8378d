// The order of the start, and what happens when it cannot go on.
import { readdir, readFile } from 'node:fs/promises'
import { platform } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Failure } from '#shared/failure.ts'
import { openShell, settle, waitForEnd } from './open-shell.ts'

describe('the start', () => {
  it('takes the lock first, and does before Electron is ready what must be done before', async () => {
    const { seen, home } = await openShell()
    const before = [
      ...[
        'requestSingleInstanceLock',
        'enableSandbox',
        ...(platform() === 'linux' ? ['--enable-unsafe-webgpu'] : []),
      ],
      ...['registerSchemesAsPrivileged', 'whenReady'],
    ]
    expect(seen.calls.slice(0, before.length)).toEqual(before)
    expect(seen.calls.at(-1)).toBe('BrowserWindow')
    expect(seen.userData).toBe(join(home, 'window'))
  })

  it('of a second instance ends at once, having opened nothing', async () => {
    let isOpened = false
    const { seen, home, shell } = await openShell({
      isFirstInstance: false,
      openHost: () => {
        isOpened = true
        return Promise.reject(new Error('never'))
      },
    })
    expect([shell, seen.exitCode, seen.windows, isOpened]).toEqual([null, 0, [], false])
    expect(seen.calls).toEqual(['requestSingleInstanceLock'])
    expect(await readdir(home, { recursive: true })).toEqual(['window'])
  })

  it('of a second instance brings the first to the front', async () => {
    const { events, window } = await openShell()
    window.isSmall = true
    events.app.emit('second-instance')
    expect(window.calls.slice(1)).toEqual(['restore', 'show', 'focus'])
    window.isClosed = true
    events.app.emit('second-instance')
    expect(window.calls).toHaveLength(4)
  })

  it('says in a sentence why the data folder cannot be opened, and ends', async () => {
    const refusal = new Failure('conflict', 'The data folder is in use by Atelier (in a terminal).')
    const { seen } = await openShell({ openHost: () => Promise.reject(refusal) })
    expect(seen.errorBoxes).toEqual([{ title: 'Atelier cannot start', content: refusal.message }])
    expect([seen.exitCode, seen.windows]).toEqual([1, []])
  })

  it('says so too when the data folder cannot even be made', async () => {
    const { seen } = await openShell({ home: '/dev/null/home' })
    expect(seen.errorBoxes[0]?.content).toMatch(/cannot be made .* --home/)
    expect(seen.exitCode).toBe(1)
  })
})

describe('a defect that nobody caught', () => {
  it('is told once, written to the log, and ends the application', async () => {
    const { seen, defects, home } = await openShell()
    defects.emit('uncaughtException', new TypeError('x is not a function'))
    defects.emit('unhandledRejection', 'no reason')
    expect(seen.errorBoxes).toHaveLength(1)
    expect(seen.errorBoxes[0]?.content).toContain('x is not a function')
    expect(seen.errorBoxes[0]?.content).toContain(join(home, 'atelier.log'))
    expect(seen.exitCode).toBe(1)
    const log = await readFile(join(home, 'atelier.log'), 'utf8')
    expect(log).toMatch(/^\d{4}-.*TypeError: x is not a function\n {4}at [^]*no reason\n$/)
  })
})

describe('a page whose process is gone', () => {
  it.each([
    [0, 1, false],
    [1, 0, true],
  ])('is offered anew (answer %i)', async (response, reloads, hasQuit) => {
    const { seen, window, host } = await openShell({ answer: () => response })
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    await settle()
    if (hasQuit) await waitForEnd(seen)
    expect(seen.messageBoxes[0]?.message).toBe('The page has stopped working (crashed).')
    expect(seen.messageBoxes).toHaveLength(1)
    expect([window.webContents.reloads, seen.hasQuit, host.isClosed]).toEqual([reloads, hasQuit, hasQuit])
  })

  it('is not missed when it went as it should', async () => {
    const { seen, window } = await openShell()
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(seen.messageBoxes).toEqual([])
  })

  it('or that does not answer can be waited for', async () => {
    const { seen, window } = await openShell({ answer: () => 1 })
    window.emit('unresponsive')
    await settle()
    expect([seen.messageBoxes.length, window.webContents.reloads, seen.hasQuit]).toEqual([1, 0, false])
  })
})

describe('the network', () => {
  it('is not there for the page, whatever it asks for', async () => {
    const { seen } = await openShell()
    const schemes = seen.blocked?.map((pattern) => pattern.split(':')[0])
    expect(schemes).toEqual(['http', 'https', 'ws', 'wss', 'ftp', 'file'])
    const answers: unknown[] = []
    seen.cancelRequest?.({}, (answer) => answers.push(answer))
    expect(answers).toEqual([{ cancel: true }])
  })

  it.each([
    ['blob:app://atelier/2f1c', false],
    ['data:text/csv,a', false],
    ['https://example.com/x.exe', true],
    ['blob:https://example.com/1', true],
    ['app://atelier/index.html', true],
    ['file:///etc/passwd', true],
  ])('gives no download but what the page has made: %s', async (address, isPrevented) => {
    const { events } = await openShell()
    let prevented = false
    events.session.emit(
      'will-download',
      { preventDefault: () => (prevented = true) },
      { getURL: () => address },
    )
    expect(prevented).toBe(isPrevented)
  })
})
