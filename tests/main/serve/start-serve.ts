// The browser mode as a user starts it: a process of its own, killed with the test.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { RPCLink } from '@orpc/client/websocket'
import { buildClient, type Client } from '#shared/client.ts'
import { markEnvironment } from '../training/processes.ts'
import { firstVisit, type Visitor } from './first-visit.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

export const IS_PAGE_BUILT = existsSync(resolve(ROOT, 'out/renderer/index.html'))
/** The end of a test's name that says why it is skipped. */
export const NEEDS_PAGE = IS_PAGE_BUILT ? '' : ' (skipped: the page is not built; run npm run build)'

export interface RunningServe {
  readonly pid: number
  /** The one line, when it is there. */
  readonly address: Promise<string>
  readonly ended: Promise<number | null>
  readonly stdout: () => string
  readonly stderr: () => string
  kill(signal: NodeJS.Signals): void
}

/** @param mark finds this process and its children, see processes.ts */
export function startServe(
  words: readonly string[],
  mark: string,
  environment: NodeJS.ProcessEnv = {},
): RunningServe {
  const child = spawn(process.execPath, [resolve(ROOT, 'src-main/serve.ts'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...markEnvironment(mark), ...environment },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const address = new Promise<string>((found, fail) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (stdout.endsWith('\n')) found(stdout.trimEnd())
    })
    void ended.then((code) => fail(new Error(`it ended with ${String(code)} before its address: ${stderr}`)))
  })
  address.catch(() => 'a test that wants the address awaits it')
  return {
    pid: child.pid ?? 0,
    address,
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    kill: (signal) => void child.kill(signal),
  }
}

/** Visits the address and opens the contract. */
export async function visit(address: string): Promise<{ visitor: Visitor; client: Client }> {
  const visitor = await firstVisit(address)
  const websocket = new WebSocket(`${visitor.origin.replace('http', 'ws')}/rpc`, {
    headers: { origin: visitor.origin, cookie: visitor.cookie },
  })
  onTestFinished(() => websocket.close())
  return { visitor, client: buildClient(new RPCLink({ websocket })) }
}
