// Who may come in: the exact host, no other origin, and a secret. The token of the printed address is changed at the
// first visit for a cookie, whose name is new at every start because cookies do not tell ports apart.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export type Verdict = 'admitted' | 'unknown' | 'wrong-host' | 'wrong-origin'

const KEY_LIFE_MS = 30_000

export class Doorkeeper {
  readonly #token = newSecret()
  readonly #cookieValue = newSecret()
  readonly #cookieName = `atelier-${randomBytes(6).toString('hex')}`
  /** A key that works once and for a short time: for the command that opens the browser, which others can see. */
  #key: { readonly secret: string; readonly madeAt: number } | null = null
  #hosts: readonly string[] = []

  /** Must be told the port before anyone comes. */
  listenOn(port: number): void {
    this.#hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  }

  /** The address for the person who started this. */
  get address(): string {
    return `http://${this.#hosts[0] ?? ''}/?token=${this.#token}`
  }

  /** An address that works once, soon. */
  makeAddressForOnce(): string {
    this.#key = { secret: newSecret(), madeAt: Date.now() }
    return `http://${this.#hosts[0] ?? ''}/?key=${this.#key.secret}`
  }

  /** @param needsOrigin as for a WebSocket, with which every browser sends one */
  judge(request: IncomingMessage, needsOrigin: boolean): Verdict {
    const host = onlyHeader(request, 'host')
    if (host === null || !this.#hosts.includes(host) || request.url?.startsWith('/') !== true)
      return 'wrong-host'
    const isForeign = countHeader(request, 'origin') > 0 || needsOrigin
    if (isForeign && onlyHeader(request, 'origin') !== `http://${host}`) return 'wrong-origin'
    return this.#hasCookie(request) ? 'admitted' : 'unknown'
  }

  /** Whether this is a first visit, whose address has the token or the key of once. */
  isFirstVisit(query: URLSearchParams): boolean {
    const token = query.get('token')
    if (token !== null) return isSame(token, this.#token)
    const key = query.get('key')
    return key !== null && this.#useKey(key)
  }

  get cookie(): string {
    return `${this.#cookieName}=${this.#cookieValue}; HttpOnly; SameSite=Strict; Path=/`
  }

  #useKey(given: string): boolean {
    const key = this.#key
    if (key === null || !isSame(given, key.secret)) return false
    this.#key = null
    return Date.now() - key.madeAt < KEY_LIFE_MS
  }

  #hasCookie({ headers }: IncomingMessage): boolean {
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim())
    const own = cookies.find((cookie) => cookie.startsWith(`${this.#cookieName}=`))
    return own !== undefined && isSame(own.slice(this.#cookieName.length + 1), this.#cookieValue)
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** In the same time wherever they differ, and whatever their lengths are. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}

/** The value of a header that was sent exactly once, or null. */
function onlyHeader(request: IncomingMessage, name: string): string | null {
  const index = request.rawHeaders.findIndex((header, position) => isName(header, position, name))
  return countHeader(request, name) === 1 ? (request.rawHeaders[index + 1] ?? null) : null
}

function countHeader({ rawHeaders }: IncomingMessage, name: string): number {
  return rawHeaders.filter((header, position) => isName(header, position, name)).length
}

/** Names and values take turns in `rawHeaders`. */
function isName(header: string, position: number, name: string): boolean {
  return position % 2 === 0 && header.toLowerCase() === name
}
