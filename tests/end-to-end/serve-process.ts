// The workbench as `npm run -s serve` starts it, in a process of its own on a folder of its own.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
const START_PATIENCE_MS = 30_000

export const IS_PAGE_BUILT = existsSync(join(ROOT, 'out/renderer/index.html'))

export interface Serving {
  /** With the token of the first visit. */
  readonly address: string
  readonly pid: number | undefined
  /** Ends it as Ctrl-C and systemd do. @throws Error where it ends otherwise than well */
  readonly stop: () => Promise<void>
}

export async function startServing(home: string): Promise<Serving> {
  const words = [join(ROOT, 'src-main/serve.ts'), '--no-open', '--home', home]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const address = await new Promise<string>((found, fail) => {
    const patience = setTimeout(() => child.kill('SIGKILL'), START_PATIENCE_MS)
    child.stdout.setEncoding('utf8').once('data', (text: string) => {
      clearTimeout(patience)
      found(text.trim())
    })
    void ended.then((code) => fail(new Error(`serve ended with ${String(code)}, no address: ${errors}`)))
  })
  return {
    address,
    pid: child.pid,
    stop: async () => {
      child.kill('SIGTERM')
      const code = await ended
      if (code !== 0) throw new Error(`serve ended with ${String(code)} after SIGTERM: ${errors}`)
    },
  }
}

/** A folder that is not there yet, inside one that `remove` takes away. */
export async function makeHome(): Promise<{ home: string; parent: string; remove: () => Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), 'atelier-end-to-end-'))
  const remove = (): Promise<void> => rm(parent, { recursive: true, force: true })
  return { home: join(parent, 'home'), parent, remove }
}
