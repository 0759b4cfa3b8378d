// The built page, read into memory once: a path is served when it is the name of one of its files, letter by letter, so
// no path can lead anywhere else. Links are not followed.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { Failure } from '#shared/failure.ts'

export interface BuiltFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly contentType: string
  readonly entityTag: string
  /** Its name changes with its content, so it may be kept for ever. */
  readonly isHashed: boolean
}

export interface BuiltPage {
  /** @param path as it stands in the address, not decoded, without the query */
  find(path: string): BuiltFile | null
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}
/** As Vite names what it builds: `/assets/index-B7x_qR2k.js`. */
const HASHED = /^\/assets\/[^/]+-[\w-]{8}\.\w+$/

/**
 * @param startName the file that '/' stands for
 * @throws Failure 'not-found' when the page has not been built
 */
export function readBuiltPage(folder: string, startName = 'index.html'): BuiltPage {
  const files = new Map(listFiles(folder).map((path) => [pathOf(folder, path), readBuiltFile(folder, path)]))
  const start = files.get(`/${startName}`)
  if (start === undefined) {
    throw new Failure(
      'not-found',
      `The page is not built: there is no ${join(folder, startName)}. Run: npm run build`,
    )
  }
  return { find: (path) => (path === '/' ? start : (files.get(path) ?? null)) }
}

/** Node's own recursive listing goes through links to folders. */
function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return listFiles(path)
    return entry.isFile() ? [path] : []
  })
}

function readBuiltFile(folder: string, path: string): BuiltFile {
  const bytes = new Uint8Array(readFileSync(path))
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
  return {
    bytes,
    contentType: CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
    entityTag: `"${hash}"`,
    isHashed: HASHED.test(pathOf(folder, path)),
  }
}

function pathOf(folder: string, path: string): string {
  return `/${relative(folder, path).replaceAll(sep, '/')}`
}
