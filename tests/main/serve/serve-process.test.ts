// F4, F5 and the life of the process: what is open, what leaks, and how it ends.
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { delimiter, join } from 'node:path'
import { onTestFinished, describe, expect, it } from 'vitest'
import { completeExperiment, type NewExperiment } from '#shared/experiment.ts'
import type { Client } from '#shared/client.ts'
import { temporaryFolder } from '../host/open-test-host.ts'
import { CAN_LIST_PROCESSES, findMarked, NEEDS_PROCESS_LIST, waitUntilGone } from '../training/processes.ts'
import { openSocket } from './raw-http.ts'
import { IS_PAGE_BUILT, NEEDS_PAGE, startServe, visit } from './start-serve.ts'

const QUICK: Partial<NewExperiment> = {
  model: { name: 'mlp', hiddenUnits: [8] },
  trainImages: 500,
  epochs: 2,
}
const LIMIT = { timeout: 60_000 }

function request(settings: Partial<NewExperiment>) {
  const experiment = completeExperiment({ dataset: 'sketches', ...settings }, 10_000)
  return { name: null, experiment, directory: null, tags: [] }
}

async function train(client: Client, settings: Partial<NewExperiment>): Promise<string> {
  const { runIds } = await client.queue.add({ requests: [request(settings)], engine: 'wasm' })
  return runIds[0] ?? ''
}

function statusOf(client: Client, runId: string): Promise<string> {
  return client.runs.read({ runId }).then(({ status }) => status)
}

/** Every file below a folder, with its bytes as text. */
function readTree(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`)
    .join('\n')
}

function readProcess(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1') + readFileSync(`/proc/${pid}/environ`, 'latin1')
  } catch {
    return '' // it has just ended
  }
}

describe.skipIf(!IS_PAGE_BUILT)(`npm run serve${NEEDS_PAGE}`, () => {
  it(
    'prints one line, and its secrets are in no log, file, argument or environment',
    LIMIT,
    async ({ skip }) => {
      if (!CAN_LIST_PROCESSES) skip(NEEDS_PROCESS_LIST)
      const home = join(temporaryFolder(), 'home')
      const serve = startServe(['--home', home, '--no-open'], 'serve-secrets')
      const address = await serve.address
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)
      const { client, visitor } = await visit(address)
      const runId = await train(client, QUICK)
      let seen = ''
      while ((await statusOf(client, runId)) !== 'completed')
        seen += findMarked('serve-secrets').map(readProcess).join('\n')
      expect(seen).toContain('trainer-process')
      const secrets = [new URL(address).searchParams.get('token') ?? '', visitor.cookie.split('=')[1] ?? '']
      for (const secret of secrets) {
        expect(secret).toHaveLength(43)
        for (const text of [serve.stderr(), seen, readTree(home)]) expect(text.includes(secret)).toBe(false)
      }
      expect(serve.stdout()).toBe(`${address}\n`)
    },
  )

  it('listens on 127.0.0.1 and on no other address', LIMIT, async () => {
    const serve = startServe(['--home', join(temporaryFolder(), 'home'), '--no-open'], 'serve-alone')
    const port = Number(new URL(await serve.address).port)
    ;(await openSocket(port)).destroy()
    const own = Object.values(networkInterfaces()).flatMap(
      (addresses) => addresses?.map((one) => one.address) ?? [],
    )
    for (const host of [...own, '127.0.0.2', '::1'].filter((one) => one !== '127.0.0.1')) {
      await expect(openSocket(port, host), host).rejects.toThrow()
    }
    if (existsSync('/proc/net/tcp')) {
      const hex = port.toString(16).toUpperCase().padStart(4, '0')
      const tables = ['/proc/net/tcp', '/proc/net/tcp6']
        .filter(existsSync)
        .map((file) => readFileSync(file, 'utf8'))
      const listening = tables.join('\n').match(new RegExp(`[0-9A-F]+:${hex} 0+:0000 0A`, 'g'))
      expect(listening).toEqual([`0100007F:${hex} 00000000:0000 0A`])
    }
  })

  it('opens the browser with a key that works once, never with the token', LIMIT, async ({ skip }) => {
    if (process.platform !== 'linux') skip('xdg-open is of Linux')
    const folder = temporaryFolder()
    const opened = join(folder, 'opened')
    writeFileSync(
      join(folder, 'xdg-open'),
      `#!/bin/sh\nprintf %s "$1" > ${opened}.part && mv ${opened}.part ${opened}\n`,
    )
    chmodSync(join(folder, 'xdg-open'), 0o755)
    const path = `${folder}${delimiter}${process.env['PATH'] ?? ''}`
    const serve = startServe(['--home', join(folder, 'home')], 'serve-opens', { PATH: path })
    const address = await serve.address
    await expect.poll(() => existsSync(opened), { timeout: 10_000 }).toBe(true)
    const key = readFileSync(opened, 'utf8')
    expect(key).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?key=[\w-]{43}$/)
    expect(key).not.toContain(new URL(address).searchParams.get('token'))
    await visit(key)
    await expect(visit(key)).rejects.toThrow('401')
  })

  it('says in a note when there is no browser to open', LIMIT, async () => {
    const folder = temporaryFolder()
    const serve = startServe(['--home', join(folder, 'home')], 'serve-no-browser', { PATH: folder })
    await serve.address
    await expect.poll(serve.stderr, { timeout: 10_000 }).toContain('open the printed address yourself')
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    `ends in order on %s: the run in training is interrupted, its epochs are kept${NEEDS_PROCESS_LIST}`,
    LIMIT,
    async (signal) => {
      const home = join(temporaryFolder(), 'home')
      const mark = `serve-${signal}`
      const first = startServe(['--home', home, '--no-open'], mark)
      const { client } = await visit(await first.address)
      const runId = await train(client, { ...QUICK, epochs: 5000 })
      await expect
        .poll(async () => (await client.runs.read({ runId })).epochs.length, { timeout: 20_000 })
        .toBeGreaterThan(2)
      const { length } = (await client.runs.read({ runId })).epochs
      const start = performance.now()
      first.kill(signal)
      expect(await first.ended).toBe(0)
      expect(performance.now() - start).toBeLessThan(3000)
      if (CAN_LIST_PROCESSES) expect(await waitUntilGone(mark, 2000)).toBeLessThan(2000)
      const second = startServe(['--home', home, '--no-open'], mark)
      const later = await visit(await second.address)
      const run = await later.client.runs.read({ runId })
      expect(run).toMatchObject({
        status: 'interrupted',
        reason: 'Atelier was closed while this run was training.',
      })
      expect(run.epochs.length).toBeGreaterThanOrEqual(length)
      expect(await later.client.queue.read({})).toEqual({ current: null, waiting: [], held: false })
    },
  )

  it('after kill -9 leaves no trainer, and holds what waited', LIMIT, async () => {
    const home = join(temporaryFolder(), 'home')
    const first = startServe(['--home', home, '--no-open'], 'serve-killed')
    const { client } = await visit(await first.address)
    const runId = await train(client, { ...QUICK, epochs: 5000 })
    const waiting = await train(client, QUICK)
    await expect.poll(() => statusOf(client, runId), { timeout: 20_000 }).toBe('running')
    first.kill('SIGKILL')
    await first.ended
    if (CAN_LIST_PROCESSES) expect(await waitUntilGone('serve-killed', 5000)).toBeLessThan(5000)
    const second = startServe(['--home', home, '--no-open'], 'serve-killed')
    const later = await visit(await second.address)
    expect(await later.client.queue.read({})).toMatchObject({
      current: null,
      held: true,
      waiting: [{ runId: waiting }],
    })
    expect((await later.client.system.read({})).notices).toHaveLength(2)
    await later.client.queue.release({})
    await expect.poll(() => statusOf(later.client, waiting), { timeout: 20_000 }).toBe('completed')
    expect(await statusOf(later.client, runId)).toBe('interrupted')
  })

  it('a second one on the same data folder says who has it and ends with 2', LIMIT, async () => {
    const home = join(temporaryFolder(), 'home')
    const first = startServe(['--home', home, '--no-open'], 'serve-twice')
    await first.address
    const second = startServe(['--home', home, '--no-open'], 'serve-twice')
    expect(await second.ended).toBe(2)
    expect(second.stdout()).toBe('')
    expect(second.stderr()).toMatch(
      new RegExp(
        `^The data folder .* is in use by Atelier \\(in a browser, process ${first.pid}, since .*\\)\\. .*--home\\.\n$`,
      ),
    )
  })

  it('a port that is taken, and flags that cannot be, are refused with a sentence', LIMIT, async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await new Promise((resolve) => taken.once('listening', resolve))
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const home = join(temporaryFolder(), 'home')
    for (const [words, sentence] of [
      [['--port', String(port)], `Port ${port} is in use.`],
      [['--port', '0'], '--port wants a number from 1 to 65535'],
      [['--data', join(home, 'nothing')], 'nothing'],
      [['--colour'], '"atelier serve --help" lists what is possible.'],
    ] as const) {
      const serve = startServe(['--home', home, '--no-open', ...words], 'serve-refused')
      expect([words, await serve.ended, serve.stdout()]).toEqual([words, 2, ''])
      expect(serve.stderr()).toContain(sentence)
    }
  })
})
