// Serves the page under app://atelier, by the same rules and with the same headers as the browser mode, and the hidden page
// that computes under app://trainer: their built files and nothing else.
import { type BuiltPage, readBuiltPage } from '../page/built-page.ts'
import { PAGE_HEADERS, TRAINER_HEADERS } from '../page/page-headers.ts'
import { APP_ORIGIN, APP_SCHEME, isOurs, isTrainers } from './app-address.ts'
import type { PageRequest, ShellProtocol } from './electron.ts'

/** Must happen before Electron is ready. The scheme is like https to Chromium, and may do nothing that https may not. */
export function registerAppScheme(protocol: ShellProtocol): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true }
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }])
}

/** A page, and the headers with which all of its files go out. */
interface ServedPage {
  readonly page: BuiltPage
  readonly headers: Readonly<Record<string, string>>
  /** Whether an address is one of this page's. */
  readonly owns: (address: string) => boolean
}

/** @throws Failure 'not-found' when a page has not been built */
export function serveApp(
  protocol: ShellProtocol,
  files: { readonly page: string; readonly trainerPage: string },
): void {
  const served: readonly ServedPage[] = [
    { page: readBuiltPage(files.page), headers: PAGE_HEADERS, owns: isOurs },
    {
      page: readBuiltPage(files.trainerPage, 'trainer.html'),
      headers: TRAINER_HEADERS,
      owns: isTrainers,
    },
  ]
  protocol.handle(APP_SCHEME, (request) => Promise.resolve(answer(served, request)))
}

function answer(served: readonly ServedPage[], { method, url }: PageRequest): Response {
  if (method !== 'GET' && method !== 'HEAD') return refuse(405)
  const owner = served.find(({ owns }) => owns(url))
  const file = owner?.page.find(pathOf(url)) ?? null
  if (owner === undefined || file === null) return refuse(404)
  const headers = { ...owner.headers, 'Cache-Control': 'no-store', 'Content-Type': file.contentType }
  return new Response(method === 'HEAD' ? null : file.bytes, { headers })
}

/** As it stands in the address, without query and fragment; both origins are equally long. */
function pathOf(url: string): string {
  const [path = ''] = url.slice(APP_ORIGIN.length).split(/[?#]/, 1)
  return path
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: PAGE_HEADERS })
}
