// The hidden window in which webgpu computes, from the shell's side: with the real trainer process and the real work of the
// page, only that the page's engine is `cpu` here. The page itself is tested in Chromium, in tests/trainer.
import { resolve } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { cpuEngine } from '#main/engines/cpu.ts'
import { TRAINER_SECURITY_POLICY } from '#main/page/page-headers.ts'
import { passTrainerPort } from '#main/shell/pass-trainer-port.ts'
import { openTrainerWindows } from '#main/shell/trainer-window.ts'
import { spawnUtilityTrainer } from '#main/shell/utility-trainer.ts'
import { WINDOW_GREETING } from '#shared/window-training.ts'
import { servePort } from '../../../src-trainer/serve-port.ts'
import { LONG, openTrainingHome, type TrainingHome } from '../training/training-home.ts'
import { buildFakeElectron } from './fake-electron.ts'
import { FakeEmitter } from './fake-emitter.ts'
import { FakePort } from './fake-port.ts'
import { forkUtilityProcesses } from './fake-utility-process.ts'
import type { FakeWindow } from './fake-window.ts'
import { openShell } from './open-shell.ts'

const ENTRY = resolve(import.meta.dirname, '../../../src-main/training/trainer-process.ts')
const PRELOAD = '/built/trainer-preload.cjs'

const turn = (): Promise<void> => new Promise((done) => setImmediate(done))

/** The page's side of a port: its engine is `cpu`, under the name that was asked for. */
function serve(port: MessagePort): void {
  const startEngine = async () => ({
    ...(await cpuEngine.start('automatic')),
    name: 'webgpu' as const,
    gpu: 'a GPU',
  })
  const heard = {
    addEventListener: (_event: 'message', listener: (event: { data: unknown }) => void) =>
      void port.on('message', (data: unknown) => listener({ data })),
  }
  servePort(
    { ...heard, postMessage: (message) => port.postMessage(message) },
    { startEngine, letMessagesIn: turn },
  )
}

interface Opened {
  readonly home: TrainingHome
  readonly windows: readonly FakeWindow[]
  /** Closes the page's end, as the end of its process does. */
  readonly closePage: () => void
}

async function openHome(loads = true): Promise<Opened> {
  const { electron, seen } = buildFakeElectron()
  let closePage = (): void => undefined
  const BrowserWindow = class extends electron.BrowserWindow {
    override async loadURL(address: string): Promise<void> {
      if (!loads) throw new Error('ERR_FAILED (-2)')
      await super.loadURL(address)
      const { webContents } = this as unknown as FakeWindow
      webContents.on('posted', (_channel: string, [port]: FakePort[]) => {
        if (port === undefined) throw new Error('the page got no port')
        closePage = () => port.close()
        serve(port.port)
      })
    }
  }
  const { processes } = forkUtilityProcesses()
  const openWindow = openTrainerWindows({ ...electron, BrowserWindow }, PRELOAD)
  const home = await openTrainingHome(spawnUtilityTrainer(processes, ENTRY, { openWindow }))
  return { home, windows: seen.windows, closePage: () => closePage() }
}

describe('a training in the hidden window', () => {
  it('runs to its end: its epochs are stored by the trainer process, and then the window is gone', async () => {
    const { home, windows } = await openHome()
    const run = await home.createRun()
    const execution = await home.backend.train(run, 'webgpu')
    const ended = await execution.ended
    expect([ended.status, ended.reason, ended.epochs.length]).toEqual(['completed', null, 4])
    expect([ended.engine?.name, ended.engine?.gpu, ended.hardware?.gpu]).toEqual(['webgpu', 'a GPU', 'a GPU'])
    expect(ended.evaluation?.metrics.count).toBe(200)
    expect(windows.map(({ calls }) => calls)).toEqual([['loadURL app://trainer/trainer.html', 'destroy']])
    const elsewhere = await home.backend.train(await home.createRun(), 'cpu')
    const expected = await elsewhere.ended
    expect(ended.epochs.map(({ train, test }) => ({ train, test }))).toEqual(
      expected.epochs.map(({ train, test }) => ({ train, test })),
    )
  })

  it('is paused, goes on, and is cancelled', async () => {
    const { home, windows } = await openHome()
    const execution = await home.backend.train(await home.createRun(LONG), 'webgpu')
    await home.next('epoch-completed')
    const statusAfter = async (act: () => void): Promise<unknown> => {
      const changed = home.next('run-changed')
      act()
      const event = await changed
      return event.type === 'run-changed' ? event.run.status : event
    }
    expect(await statusAfter(() => execution.trainer.pause())).toBe('paused')
    expect(await statusAfter(() => execution.trainer.resume())).toBe('running')
    execution.trainer.cancel()
    const run = await execution.ended
    expect([run.status, run.reason]).toEqual([
      'cancelled',
      'The run was cancelled; its finished epochs are kept.',
    ])
    expect(windows[0]?.isClosed).toBe(true)
  })

  it('that loses its window fails with a sentence, and keeps its epochs', async () => {
    const { home, closePage } = await openHome()
    const execution = await home.backend.train(await home.createRun(LONG), 'webgpu')
    await home.next('epoch-completed')
    closePage()
    const run = await execution.ended
    expect(run.status).toBe('failed')
    expect(run.reason).toMatch(
      /^The window that computes on the GPU has stopped working\. .* another engine\.$/,
    )
    expect(run.epochs.length).toBeGreaterThan(0)
  })

  it('whose window does not load fails with a sentence', async () => {
    const { home, windows } = await openHome(false)
    const execution = await home.backend.train(await home.createRun(), 'webgpu')
    const run = await execution.ended
    expect(run.reason).toBe('The engine webgpu did not start: its window did not load (ERR_FAILED (-2)).')
    expect(windows[0]?.isClosed).toBe(true)
  })
})

describe('the hidden window', () => {
  it('has exactly the safe options, and is never slowed down', async () => {
    const { electron, seen } = buildFakeElectron()
    const { port, close } = await openTrainerWindows(electron, PRELOAD)()
    const [window] = seen.windows
    expect(window?.options).toEqual({
      ...{ title: 'Atelier trainer', show: false, skipTaskbar: true, focusable: false },
      webPreferences: {
        preload: PRELOAD,
        sandbox: true,
        contextIsolation: true,
        webSecurity: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        allowRunningInsecureContent: false,
        navigateOnDragDrop: false,
        devTools: false,
        spellcheck: false,
        backgroundThrottling: false,
      },
    })
    expect(window?.webContents.posted.map(({ channel }) => channel)).toEqual(['atelier:trainer-port'])
    expect(port).toBe(seen.channels[0]?.port1)
    window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect([window?.isClosed, seen.channels[0]?.port1.isClosed]).toEqual([true, true])
    close()
    expect(window?.calls.filter((call) => call === 'destroy')).toHaveLength(1)
  })

  it('is served from an origin of its own, under a policy that allows its scripts alone', async () => {
    const { seen } = await openShell()
    const get = async (url: string) => seen.served.get('app')?.({ method: 'GET', url })
    const page = await get('app://trainer/trainer.html')
    expect([page?.status, await page?.text()]).toEqual([200, '<title>Atelier trainer</title>'])
    expect(page?.headers.get('content-security-policy')).toBe(TRAINER_SECURITY_POLICY)
    expect(TRAINER_SECURITY_POLICY).toBe(
      "default-src 'none'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    )
    for (const url of [
      'app://trainer/index.html',
      'app://atelier/trainer.html',
      'app://trainer:1/trainer.html',
    ])
      expect((await get(url))?.status).toBe(404)
  })

  it('gets its port from its preload, and nothing else', () => {
    const main = new FakeEmitter()
    const posted: unknown[][] = []
    passTrainerPort({ on: main.on }, { postMessage: (...message) => posted.push(message) })
    const port = {}
    main.emit('atelier:trainer-port', { ports: [port] })
    expect(posted).toEqual([[WINDOW_GREETING, 'app://trainer', [port]]])
  })
})
