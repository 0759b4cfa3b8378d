import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { downloadFile } from '#main/datasets/download-file.ts'
import { refusal } from '../files/refusal.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import {
  breakOffAfter,
  describeFile,
  fallSilentAfter,
  refuseWith,
  serve,
  serveWhole,
  startFileServer,
  writeHead,
  type Answer,
} from './file-server.ts'

const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) % 251)
const file = describeFile('file.gz', bytes)
const wrongBytes = bytes.with(150_000, 252)

let folder = ''
beforeEach(async () => {
  folder = await makeTemporaryFolder()
})

interface Circumstances {
  readonly silenceMs?: number
  readonly signal?: AbortSignal
}

/** @returns what onReceived was told */
async function download(mirrors: readonly string[], circumstances: Circumstances = {}): Promise<number[]> {
  const { silenceMs = 20_000, signal = new AbortController().signal } = circumstances
  const received: number[] = []
  const onReceived = (count: number) => received.push(count)
  await downloadFile(file, folder, { mirrors, patience: { silenceMs, pauseMs: 5 }, signal, onReceived })
  return received
}

async function expectWhole(): Promise<void> {
  expect(await readdir(folder)).toEqual(['file.gz'])
  expect(Buffer.compare(await readFile(join(folder, 'file.gz')), bytes)).toBe(0)
}

async function serveBadly(...answers: Answer[]) {
  return startFileServer({ 'file.gz': bytes }, ...answers)
}

describe('the download of a file', () => {
  it('gives it whole, tells how far it is, and asks for it once only', async () => {
    const server = await serveBadly()
    const received = await download([server.url])
    expect(received.at(-1)).toBe(200_000)
    expect(received).toEqual([...received].sort((a, b) => a - b))
    await expectWhole()
    expect(await download([server.url])).toEqual([200_000])
    expect(server.requests).toEqual(['file.gz'])
  })

  it('goes on where the connection broke off, as often as that brings it further', async () => {
    const server = await serveBadly(...Array<Answer>(6).fill(breakOffAfter(30_000)))
    await download([server.url])
    await expectWhole()
    const [first, ...others] = server.requests
    const starts = others.map((request) => Number(/^file\.gz bytes=(\d+)-$/.exec(request)?.[1]))
    expect(first).toBe('file.gz')
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
    expect(starts.at(-1)).toBeGreaterThan(0)
  })

  it('goes on after a new start of the program', async () => {
    await writeFile(join(folder, 'file.gz.partial'), bytes.subarray(0, 123_456))
    const server = await serveBadly()
    expect((await download([server.url]))[0]).toBeGreaterThan(123_456)
    await expectWhole()
    expect(server.requests).toEqual(['file.gz bytes=123456-'])
  })

  it('checks a file that is complete already and asks for nothing', async () => {
    await writeFile(join(folder, 'file.gz.partial'), bytes)
    const server = await serveBadly()
    await download([server.url])
    await expectWhole()
    expect(server.requests).toEqual([])
  })

  it('begins anew when the server does not know ranges', async () => {
    await writeFile(join(folder, 'file.gz.partial'), bytes.subarray(0, 30_000))
    const server = await serveBadly(serveWhole)
    await download([server.url])
    await expectWhole()
  })

  it.each<[string, Answer]>([
    [
      'names another range',
      (response, content, start) => {
        response.writeHead(206, { 'Content-Range': `bytes 0-${content.length - 1}/${content.length}` })
        response.end(content.subarray(start))
      },
    ],
    [
      'names no range',
      (response, content, start) => {
        response.writeHead(206)
        response.end(content.subarray(start))
      },
    ],
    [
      'sends other bytes than the range it names',
      (response, content, start) => {
        writeHead(response, content, start)
        response.end(content.subarray(0, content.length - start))
      },
    ],
    ['has no such range', refuseWith(416)],
  ])('begins anew when the server %s', async (_, lie) => {
    await writeFile(join(folder, 'file.gz.partial'), bytes.subarray(0, 30_000))
    const server = await serveBadly(lie)
    await download([server.url])
    await expectWhole()
    expect(server.requests).toEqual(['file.gz bytes=30000-', 'file.gz'])
  })

  it('begins anew when what was kept is longer than the file or is not its beginning', async () => {
    const server = await serveBadly()
    for (const kept of [new Uint8Array(200_001), new Uint8Array(200_000), new Uint8Array(100_000)]) {
      const partial = join(await makeTemporaryFolder(), 'file.gz.partial')
      folder = join(partial, '..')
      await writeFile(partial, kept)
      await download([server.url])
      await expectWhole()
    }
  })

  it('waits for a silent server no longer than agreed, before and amid the answer', async () => {
    const mute: Answer = () => undefined
    const server = await serveBadly(mute, fallSilentAfter(50_000), mute)
    await download([server.url], { silenceMs: 500 })
    await expectWhole()
    expect(server.requests.slice(2)).toEqual(['file.gz bytes=50000-', 'file.gz bytes=50000-'])
  })

  it('gives up a server after three failures in a row, and keeps what has come', async () => {
    const server = await serveBadly(fallSilentAfter(50_000), ...Array<Answer>(9).fill(fallSilentAfter(0)))
    const sentence = `file.gz could not be downloaded (${new URL(server.url).host}: it sent nothing for 0.5 s). `
    const advice = 'Check the network connection and try again; what has been received is kept.'
    await expect(download([server.url], { silenceMs: 500 })).rejects.toEqual(
      refusal('unavailable', sentence + advice),
    )
    expect(server.requests).toHaveLength(3)
    expect(await readFile(join(folder, 'file.gz.partial'))).toHaveLength(50_000)
  })

  it.each<[string, Answer, string, number]>([
    ['does not have it', refuseWith(404), 'it answered with HTTP status 404', 1],
    ['is overloaded', refuseWith(503), 'it answered with HTTP status 503', 3],
    [
      'offers another file',
      (response) => {
        serve(response, bytes.subarray(1), 0)
      },
      'it offers a file of 199,999 bytes, 200,000 were expected',
      1,
    ],
    [
      'sends wrong bytes',
      (response) => {
        serve(response, wrongBytes, 0)
      },
      'what it sent has a wrong checksum',
      1,
    ],
    [
      'never stops sending',
      (response) => {
        response.writeHead(200)
        response.end(Buffer.concat([bytes, bytes]))
      },
      'it sends more than the file has',
      1,
    ],
    [
      'ends early as if that were all',
      (response) => {
        response.writeHead(200)
        response.end()
      },
      'it ended after 0 bytes',
      3,
    ],
    [
      'packs it once more in spite of being asked not to',
      (response, content) => {
        response.writeHead(200, { 'Content-Encoding': 'gzip' })
        response.end(gzipSync(content.subarray(1)))
      },
      'it ended after 199999 bytes',
      3,
    ],
    [
      'is not a web server',
      (response) => response.socket?.end('hello\r\n\r\n'),
      'Response does not match',
      3,
    ],
  ])(
    'turns to the next server when one %s, and says so when there is none',
    async (_, answer, trouble, tries) => {
      const bad = await serveBadly(...Array<Answer>(99).fill(answer))
      const good = await serveBadly()
      const start = `file.gz could not be downloaded (${new URL(bad.url).host}: ${trouble}`
      await expect(download([bad.url])).rejects.toEqual(refusal('unavailable', start))
      expect(bad.requests.length).toBeGreaterThanOrEqual(tries)
      expect(bad.requests.length).toBeLessThanOrEqual(tries + 1)
      await download([bad.url, good.url])
      await expectWhole()
    },
  )

  it('says that there is no network in one sentence', async () => {
    const mirrors = ['http://127.0.0.1:9/', 'http://no-such-host.invalid/']
    const sentence =
      /^file\.gz could not be downloaded \(127\.0\.0\.1:9: .+; no-such-host\.invalid: its address was not found/
    await expect(download(mirrors)).rejects.toThrow(sentence)
  })

  it('can be cancelled while the server is silent', async () => {
    const controller = new AbortController()
    const server = await serveBadly(fallSilentAfter(50_000))
    setTimeout(() => {
      controller.abort()
    }, 50)
    await expect(download([server.url], { signal: controller.signal })).rejects.toThrow(
      'This operation was aborted',
    )
    expect(await readdir(folder)).toEqual(['file.gz.partial'])
  })
})
