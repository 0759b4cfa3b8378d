// Paths that try to leave the folder of the page, for the app: scheme and the browser mode alike, and a tree around
// which there is something to find.
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const CANARY = 'CANARY-that-nobody-may-read'

const UPS = [
  ...['../', '..%2f', '..%2F', '%2e%2e/', '%2E%2E%2F', '%2e%2e%2f', '.%2e/', '%2e./'],
  ...['..\\', '..%5c', '..%5C', '%2e%2e%5c', '%2e%2e\\', '..%c0%af', '%c0%ae%c0%ae/', '..%ef%bc%8f'],
  ...['%252e%252e%252f', '..%252f', '%252e%252e/', '..%255c', '%25252e%25252e%25252f'],
  ...['..;/', '....//', '..././', '.../', '../%00/', '..%00/', '..%0d%0a/', '..//', './../', '.%00./'],
  ...['\u2025/', '%e2%80%a5/', '..\u2215', '..\t/', '..%09/', '.. /', '..%20/'],
]
const STARTS = ['/', '//', '/assets/', '/./', '/%2f', '/\\']
const TARGETS = ['canary.txt', 'renderer-secret/canary.txt']
const SPECIAL = [
  ...[
    '/link.txt',
    '/linked/canary.txt',
    '/linked',
    '/LINK.TXT',
    '/linked%2fcanary.txt',
    '/linked/%2e/canary.txt',
  ],
  ...['/etc/passwd', '//etc/passwd', '/%2fetc%2fpasswd', '/proc/self/environ', '/dev/null'],
  ...['/C:/Windows/win.ini', '/C:%5CWindows%5Cwin.ini', '/c|/Windows/win.ini', '//server/share/canary.txt'],
  ...[
    '/file:///etc/passwd',
    '/index.html%00.txt',
    '/index.html\0',
    '/canary.txt%00.html',
    '/-secret/canary.txt',
  ],
  ...[
    '/../renderer-secret/canary.txt?index.html',
    '/../canary.txt#index.html',
    '/..',
    '/../',
    '/.',
    '/%2e%2e',
  ],
]

/** More than 200, each different, as they would stand in a request. */
export const TRAVERSAL_PATHS: readonly string[] = [
  ...new Set([
    ...STARTS.flatMap((start) => UPS.flatMap((up) => TARGETS.map((target) => `${start}${up}${target}`))),
    ...UPS.map((up) => `/assets/${up.repeat(6)}etc/passwd`),
    ...SPECIAL,
  ]),
]

/** A page in `renderer`, and around it what its paths must not reach: beside it, in a sibling, behind links. */
export async function writeCanaryTree(parent: string): Promise<string> {
  const page = join(parent, 'renderer')
  await mkdir(join(page, 'assets'), { recursive: true })
  await mkdir(join(parent, 'renderer-secret'))
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Atelier</title>')
  await writeFile(join(page, 'assets', 'index-B7x_qR2k.js'), 'export const page = 1')
  await writeFile(join(parent, 'canary.txt'), CANARY)
  await writeFile(join(parent, 'renderer-secret', 'canary.txt'), CANARY)
  await symlink(join(parent, 'canary.txt'), join(page, 'link.txt'))
  await symlink(join(parent, 'renderer-secret'), join(page, 'linked'))
  return page
}
