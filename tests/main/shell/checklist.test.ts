// A1: Electron's security checklist, one test for each of its 20 items. The details are in the tests beside this one;
// docs/security.md has the same list with the lines that keep each promise.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { CONTENT_SECURITY_POLICY } from '#main/page/page-headers.ts'
import { FakeEvent } from './fake-emitter.ts'
import { type OpenedShell, openShell } from './open-shell.ts'
import { listCalls, readShellSources, type ShellSource } from './shell-sources.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const read = (name: string): string => readFileSync(resolve(ROOT, name), 'utf8')

let shell: OpenedShell
let sources: ShellSource[]

beforeEach(async () => {
  shell = await openShell({ isPackaged: true })
  sources = await readShellSources()
})

const preferences = (): Electron.WebPreferences => shell.window.options.webPreferences ?? {}
const text = (): string => sources.map((source) => source.text).join('\n')

describe('the checklist', () => {
  it('1: loads secure content only, which is our own', () => {
    expect(shell.window.calls).toEqual(['loadURL app://atelier/index.html'])
    expect(shell.seen.blocked).toContain('http://*/*')
  })

  it('2: gives the page no Node', () => {
    const { nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames } = preferences()
    expect([nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames]).toEqual([
      false,
      false,
      false,
    ])
  })

  it('3: isolates the preload from the page', () => expect(preferences().contextIsolation).toBe(true))

  it('4: runs every page in the sandbox, by option and for the whole application', () => {
    expect(preferences().sandbox).toBe(true)
    expect(shell.seen.calls).toContain('enableSandbox')
    expect(text()).not.toContain('no-sandbox')
    expect(text().match(/appendSwitch\('.*'\)/g)).toEqual(["appendSwitch('enable-unsafe-webgpu')"])
  })

  it('5: handles every permission request, and refuses', () => {
    const answers: boolean[] = []
    shell.seen.requestPermission?.({}, 'media', (granted) => answers.push(granted))
    expect([...answers, shell.seen.checkPermission?.(null, 'media')]).toEqual([false, false])
  })

  it('6: keeps webSecurity', () => expect(preferences().webSecurity).toBe(true))

  it('7: has a content security policy that starts from nothing', () => {
    expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none';/)
  })

  it('8: runs no insecure content', () => expect(preferences().allowRunningInsecureContent).toBe(false))

  it('9: switches on no experimental features', () =>
    expect(text()).not.toMatch(/experimentalFeatures|enableFeatures/))

  it('10: switches on no Blink features', () => expect(text()).not.toMatch(/enableBlinkFeatures/))

  it('11: has no webview, so none that allows pop-ups', () => {
    expect(preferences().webviewTag).toBe(false)
    expect(text()).not.toMatch(/allowpopups/i)
  })

  it('12: attaches no webview', () => {
    const event = new FakeEvent()
    shell.window.webContents.emit('will-attach-webview', event)
    expect(event.isPrevented).toBe(true)
  })

  it('13: does not navigate', () => {
    const event = new FakeEvent('https://example.com/')
    shell.window.webContents.emit('will-navigate', event)
    expect(event.isPrevented).toBe(true)
  })

  it('14: opens no window', () => {
    const answer = shell.window.webContents.windowOpenHandler?.({ url: 'app://atelier/index.html' })
    expect(answer).toEqual({ action: 'deny' })
  })

  it('15: hands no text of the page to the system to be opened', () => {
    const opened = sources
      .flatMap((source) => listCalls(source))
      .filter(({ callee }) => /openExternal|openPath/.test(callee))
    expect(opened.every(({ parameters }) => /^LINKS\.\w+$/.test(parameters.join()))).toBe(true)
  })

  it('16: is built on a current Electron', () => {
    expect(read('package.json')).toMatch(/"electron": "4[3-9]\.\d+\.\d+"/)
  })

  it('17: checks who sends a message', async () => {
    const handOver = sources.find(({ name }) => name === 'shell/port-hand-over.ts')?.text ?? ''
    expect(handOver).toMatch(/const frame = findTrustedFrame\(event, page\)\s+if \(frame === null\) return/)
    const { events, seen } = await openShell()
    events.ipc.emit('atelier:port', { sender: {}, senderFrame: null })
    expect(seen.channels).toEqual([])
  })

  it('18: serves the page by a scheme of its own, not file:', () => {
    expect([...shell.seen.served.keys()]).toEqual(['app'])
    expect(text()).not.toMatch(/loadFile|registerFileProtocol|interceptFileProtocol/)
  })

  it('19: turns the fuses', () => {
    expect(read('electron-builder.yml')).toMatch(/runAsNode: false[^]*onlyLoadAppFromAsar: true/)
  })

  it('20: gives the page nothing of Electron', () => {
    expect(text()).not.toMatch(/contextBridge|exposeInMainWorld|executeJavaScript|remote/)
    const imports = sources.filter((source) => /^import (?!type)[^]*? from 'electron'/m.test(source.text))
    expect(imports.map(({ name }) => name)).toEqual(['main.ts', 'preload.ts', 'trainer-preload.ts'])
  })
})
