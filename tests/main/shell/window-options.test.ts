// A2: one window, with exactly these options.
import { describe, expect, it } from 'vitest'
import { openShell } from './open-shell.ts'
import { readShellSources } from './shell-sources.ts'

describe('the window', () => {
  it.each([true, false])('has exactly the safe options (packaged: %s)', async (isPackaged) => {
    const { seen, window } = await openShell({ isPackaged })
    expect(seen.windows).toHaveLength(1)
    expect(window.options).toEqual({
      ...{ x: 240, y: 70, width: 1440, height: 900, minWidth: 1024, minHeight: 700 },
      ...{ title: 'Atelier', icon: '/built/icon.png', show: false, backgroundColor: '#1a1a1e' },
      webPreferences: {
        preload: '/built/preload.cjs',
        sandbox: true,
        contextIsolation: true,
        webSecurity: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        allowRunningInsecureContent: false,
        navigateOnDragDrop: false,
        devTools: !isPackaged,
        spellcheck: false,
        backgroundThrottling: true,
      },
    })
  })

  it('is made at one place in the sources, and the hidden one that computes at another', async () => {
    const sources = await readShellSources()
    const places = sources.filter(({ text }) =>
      /new (BrowserWindow|BaseWindow|WebContentsView|BrowserView)\b/.test(text),
    )
    expect(places.map(({ name }) => name).sort()).toEqual(['shell/open-window.ts', 'shell/trainer-window.ts'])
    for (const { text } of places) expect(text.match(/new BrowserWindow\(/g)).toHaveLength(1)
  })

  it('is shown with its first frame, and large if it was large', async () => {
    const { window } = await openShell()
    expect(window.calls).toEqual(['loadURL app://atelier/index.html'])
    window.emit('ready-to-show')
    expect(window.calls.slice(1)).toEqual(['show'])
  })
})
