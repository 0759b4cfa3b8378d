// A real web server on this machine that serves files well, or as badly as a test asks it to.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'
import type { RemoteFile } from '#main/datasets/known-datasets.ts'

/** Answers one request for a file; `start` is where the client asks to begin. */
export type Answer = (response: ServerResponse, file: Uint8Array, start: number) => void

export interface FileServer {
  readonly url: string
  /** The path and range of every request so far. */
  readonly requests: string[]
}

/** Serves the files with `answers` in turn, and properly when those are used up. */
export async function startFileServer(
  files: Readonly<Record<string, Uint8Array>>,
  ...answers: Answer[]
): Promise<FileServer> {
  const requests: string[] = []
  const server = createServer((request: IncomingMessage, response) => {
    const path = (request.url ?? '').slice(1)
    const range = request.headers.range
    requests.push(range === undefined ? path : `${path} ${range}`)
    const answer = answers.shift() ?? serve
    answer(response, files[path] ?? new Uint8Array(), Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return { url: `http://127.0.0.1:${port}/`, requests }
}

/** As a good server does, with ranges. */
export const serve: Answer = (response, file, start) => {
  writeHead(response, file, start)
  response.end(file.subarray(start))
}

/** As a server without ranges does. */
export const serveWhole: Answer = (response, file) => {
  serve(response, file, 0)
}

/** Breaks the connection off after so many bytes, with time to receive them: fetch forgets what it has not handed on. */
export function breakOffAfter(bytes: number): Answer {
  return (response, file, start) => {
    writeHead(response, file, start)
    response.write(file.subarray(start, start + bytes), () => setTimeout(() => response.destroy(), 150))
  }
}

/** Goes silent after so many bytes of the answer. */
export function fallSilentAfter(bytes: number): Answer {
  return (response, file, start) => {
    writeHead(response, file, start)
    response.write(file.subarray(start, start + bytes))
  }
}

export function refuseWith(status: number): Answer {
  return (response) => {
    response.writeHead(status)
    response.end('<h1>no</h1>')
  }
}

export function writeHead(response: ServerResponse, file: Uint8Array, start: number): void {
  const length = { 'Content-Length': file.length - start }
  if (start === 0) response.writeHead(200, length)
  else
    response.writeHead(206, {
      ...length,
      'Content-Range': `bytes ${start}-${file.length - 1}/${file.length}`,
    })
}

/** What a known dataset would say of a file. */
export function describeFile(name: string, content: Uint8Array): RemoteFile {
  const digest = (algorithm: string) => createHash(algorithm).update(content).digest('hex')
  return { name, bytes: content.length, md5: digest('md5'), sha256: digest('sha256') }
}
