// What a whole session asks of the system, seen by strace in the application and all that it starts: it connects to
// nobody, and writes nowhere but into the data folder.
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Client } from '#shared/client.ts'
import { completeExperiment } from '#shared/experiment.ts'
import { openContract } from '../end-to-end/contract-client.ts'
import { makeTemporaryFolder } from '../main/files/temporary-folder.ts'
import { IS_PAGE_BUILT, NEEDS_PAGE } from '../main/serve/start-serve.ts'
import { writePatterns } from '../main/training/patterns.ts'
import { findMarked, markEnvironment } from '../main/training/processes.ts'
import { CAN_TRACE, NEEDS_STRACE } from './system-calls.ts'
import { endProcess } from './trial.ts'

const ENTRY = resolve(import.meta.dirname, '../../src-main/serve.ts')
const CHANGES = ['open', 'openat', 'creat', 'mkdir', 'mkdirat', 'rename', 'renameat', 'renameat2']
const REMOVALS = ['unlink', 'unlinkat', 'rmdir', 'symlink', 'symlinkat', 'link', 'linkat', 'truncate']
const TRACED = ['connect', ...CHANGES, ...REMOVALS].join(',')
/** What the system offers to every process to write to; a GPU's driver is asked whether it is there. */
const OF_THE_SYSTEM = /^\/(dev|proc)\//
const MARK = 'stays-at-home'

/** The application under strace. `end` resolves with its trace once it has ended in order. */
async function startTraced(folder: string, home: string) {
  const trace = join(folder, 'trace')
  const flags = ['-f', '--seccomp-bpf', '-s', '400', '-e', `trace=${TRACED}`, '-o', trace]
  // Node itself would keep what it compiled where `npm test` tells it to.
  const { NODE_COMPILE_CACHE: _, ...own } = process.env
  const folders = { HOME: join(folder, 'user'), XDG_CACHE_HOME: '', XDG_DATA_HOME: '' }
  const environment = { ...own, ...folders, ...markEnvironment(MARK) }
  const command = [...flags, process.execPath, ENTRY, '--no-open', '--home', home]
  const child = spawn('strace', command, { stdio: ['ignore', 'pipe', 'inherit'], env: environment })
  onTestFinished(() => {
    for (const pid of findMarked(MARK)) endProcess(pid, 'SIGKILL')
  })
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const address = await new Promise<string>((found, fail) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => found(text.trim()))
    void ended.then((code) => fail(new Error(`it ended with ${String(code)} before its address`)))
  })
  const application = readOwner(home) // strace passes no signals on
  const end = async (): Promise<readonly string[]> => {
    endProcess(application, 'SIGTERM')
    await ended
    return readFileSync(trace, 'utf8').split('\n')
  }
  return { address, end }
}

function readOwner(home: string): number {
  return (JSON.parse(readFileSync(join(home, 'atelier.lock.json'), 'utf8')) as { processId: number })
    .processId
}

async function waitUntil(isDone: () => Promise<boolean>): Promise<void> {
  await expect.poll(isDone, { timeout: 120_000, interval: 200 }).toBe(true)
}

/** Data, a calibration, runs of engines, photos, an evaluation, the inside, exports. */
async function liveThrough(client: Client, patterns: string): Promise<void> {
  await client.system.checkEngines({})
  await client.datasets.add({ folder: patterns, id: 'patterns', name: 'Patterns' })
  const settings = { dataset: 'patterns', model: { name: 'mlp' as const, hiddenUnits: [16] } }
  const experiment = completeExperiment({ ...settings, epochs: 2, validationImages: 100 }, 600)
  const request = { name: null, experiment, directory: null, tags: [] }
  let last = ''
  for (const engine of ['auto', 'wasm'] as const) {
    const [id = ''] = (await client.queue.add({ requests: [request], engine })).runIds
    await waitUntil(async () => (await client.runs.read({ runId: id })).status === 'completed')
    last = id
  }
  await client.evaluation.measure({ runId: last })
  await waitUntil(async () => (await client.evaluation.read({ runId: last })).report !== null)
  const { folder } = await client.photos.listSamples({})
  const runIds = [last]
  const sources = { paths: [folder], uploads: [] }
  const batch = await client.photos.classify({ sources, runIds, settings: null, thresholds: null })
  await waitUntil(async () => (await client.photos.readBatch({ batchId: batch.id })).status === 'completed')
  await client.photos.readPhoto({ batchId: batch.id, number: 0 })
  await client.exports.readModel({ runId: last, format: 'onnx' })
  await client.transfers.exportRuns({ runIds })
  await client.runs.delete({ runIds })
  await client.runs.restore({ runIds })
}

/** Addresses of other machines in the trace. */
function findConnections(trace: readonly string[]): string[] {
  return trace.filter(
    (line) => /\bconnect\(\d+, \{sa_family=AF_INET6?/.test(line) && !/127\.0\.0\.1|"::1"/.test(line),
  )
}

/** Paths that are written to, made or removed, and lie outside of the folder. */
function findWritten(trace: readonly string[], folder: string): string[] {
  const changing = trace.filter((line) => {
    const [, call = ''] = /^\d+ +(\w+)\(/.exec(line) ?? []
    if (call.startsWith('open')) return /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/.test(line)
    return call !== '' && call !== 'connect'
  })
  const paths = changing.filter((line) => !/= -1 E/.test(line)).flatMap(pathsOf)
  return [...new Set(paths)].filter(
    (path) => !path.startsWith(`${folder}/`) && path !== folder && !OF_THE_SYSTEM.test(path),
  )
}

function pathsOf(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, path = '']) => path)
}

describe.skipIf(!CAN_TRACE || !IS_PAGE_BUILT)(`a whole session${NEEDS_STRACE}${NEEDS_PAGE}`, () => {
  it('connects to no other machine and writes into the data folder alone', { timeout: 400_000 }, async () => {
    const folder = await makeTemporaryFolder()
    const home = join(folder, 'home')
    mkdirSync(join(folder, 'user'))
    const patterns = await writePatterns(folder)
    const { address, end } = await startTraced(folder, home)
    const { client, close } = await openContract(address)
    await liveThrough(client, patterns)
    close()
    const trace = await end()
    expect(trace.some((line) => line.includes('trainer-process.ts'))).toBe(true)
    expect(trace.some((line) => line.includes(`${home}/atelier.db-wal`))).toBe(true)
    expect(findConnections(trace)).toEqual([])
    expect(findWritten(trace, home)).toEqual([])
    expect(readdirSync(join(folder, 'user'))).toEqual([])
  })
})
