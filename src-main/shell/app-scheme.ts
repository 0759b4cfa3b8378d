// Serves the page under app://atelier: the built files and nothing else, by the same rules and with the same headers as
// the browser mode.
import { type BuiltPage, readBuiltPage } from '../page/built-page.ts'
import { PAGE_HEADERS } from '../page/page-headers.ts'
import { APP_ORIGIN, APP_SCHEME, isOurs } from './app-address.ts'
import type { PageRequest, ShellProtocol } from './electron.ts'

/** Must happen before Electron is ready. The scheme is like https to Chromium, and may do nothing that https may not. */
export function registerAppScheme(protocol: ShellProtocol): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true }
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }])
}

/** @throws Failure 'not-found' when the page has not been built */
export function serveApp(protocol: ShellProtocol, folder: string): void {
  const page = readBuiltPage(folder)
  protocol.handle(APP_SCHEME, (request) => Promise.resolve(answer(page, request)))
}

function answer(page: BuiltPage, { method, url }: PageRequest): Response {
  if (method !== 'GET' && method !== 'HEAD') return refuse(405)
  const file = isOurs(url) ? page.find(pathOf(url)) : null
  if (file === null) return refuse(404)
  const headers = { ...PAGE_HEADERS, 'Cache-Control': 'no-store', 'Content-Type': file.contentType }
  return new Response(method === 'HEAD' ? null : file.bytes, { headers })
}

/** As it stands in the address, without query and fragment. */
function pathOf(url: string): string {
  const [path = ''] = url.slice(APP_ORIGIN.length).split(/[?#]/, 1)
  return path
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: PAGE_HEADERS })
}
