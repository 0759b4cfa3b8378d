// One HTTP request: judged, then a first visit, a file of the page, or a refusal. Nothing is ever read from a body.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BuiltFile, BuiltPage } from '../page/built-page.ts'
import { PAGE_HEADERS } from '../page/page-headers.ts'
import { refuse } from './answers.ts'
import type { Doorkeeper } from './doorkeeper.ts'

type Answer =
  | { readonly type: 'welcome' }
  | { readonly type: 'file'; readonly file: BuiltFile }
  | { readonly type: 'refusal'; readonly status: number }

export function answerRequest(
  doorkeeper: Doorkeeper,
  page: BuiltPage,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const answer = chooseAnswer(doorkeeper, page, request)
  switch (answer.type) {
    case 'welcome':
      welcome(response, doorkeeper)
      break
    case 'file':
      sendFile(request, response, answer.file)
      break
    case 'refusal':
      refuse(response, answer.status)
      break
    default:
      answer satisfies never
  }
}

function chooseAnswer(doorkeeper: Doorkeeper, page: BuiltPage, request: IncomingMessage): Answer {
  const [path, query] = splitAddress(request.url ?? '/')
  const verdict = doorkeeper.judge(request, false)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (verdict === 'wrong-host' || verdict === 'wrong-origin') return refusal(403)
  if (isRead && path === '/' && doorkeeper.isFirstVisit(new URLSearchParams(query)))
    return { type: 'welcome' }
  if (verdict === 'unknown') return refusal(401)
  if (!isRead) return refusal(405)
  if (hasBody(request)) return refusal(413)
  const file = page.find(path)
  return file === null ? refusal(404) : { type: 'file', file }
}

/** The cookie takes the place of the secret, which leaves the address. */
function welcome(response: ServerResponse, doorkeeper: Doorkeeper): void {
  response.writeHead(303, {
    ...PAGE_HEADERS,
    'Cache-Control': 'no-store',
    'Content-Length': '0',
    'Set-Cookie': doorkeeper.cookie,
    Location: '/',
  })
  response.end()
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: BuiltFile): void {
  const headers = { ...PAGE_HEADERS, 'Cache-Control': describeCaching(file), ETag: file.entityTag }
  if (request.headers['if-none-match'] === file.entityTag) {
    response.writeHead(304, headers)
    response.end()
    return
  }
  response.writeHead(200, {
    ...headers,
    'Content-Type': file.contentType,
    'Content-Length': String(file.bytes.length),
  })
  response.end(request.method === 'HEAD' ? undefined : file.bytes)
}

function describeCaching({ contentType, isHashed }: BuiltFile): string {
  if (contentType.startsWith('text/html')) return 'no-store'
  return isHashed ? 'private, max-age=31536000, immutable' : 'private, no-cache'
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function refusal(status: number): Answer {
  return { type: 'refusal', status }
}

/** Path and query, neither decoded. */
function splitAddress(address: string): readonly [string, string] {
  const index = address.indexOf('?')
  return index < 0 ? [address, ''] : [address.slice(0, index), address.slice(index + 1)]
}
