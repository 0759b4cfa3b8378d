// Finds Electron's binary, which its npm package fetches separately, or says in a sentence why there is none to use.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { runQuietly } from './run-quietly.ts'

export interface FoundElectron {
  readonly binary: string | null
  /** Why there is no window to be had; empty where there is one. */
  readonly reason: string
}

/** How long a network may take to answer; and, without one, the script to unpack what an earlier download has left. */
const NETWORK_PATIENCE_MS = 3000
const CACHE_PATIENCE_MS = 5000
const DOWNLOAD_PATIENCE_MS = 10 * 60_000
const DOWNLOADS = 'https://github.com/electron/electron/releases'

/** What keeps a window from opening on this machine, whatever is installed; null where nothing does. */
export function findObstacle(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  isRoot: boolean,
): string | null {
  if (platform !== 'linux') return null
  if (!environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) {
    return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)'
  }
  return isRoot ? 'its sandbox does not work for the user root, and Atelier does not run without it' : null
}

/** Fetches the binary once with the package's own script where it is missing and the network answers. */
export async function findElectron(
  tell: (line: string) => void,
  folder = packageFolder(),
): Promise<FoundElectron> {
  if (folder === null) return { binary: null, reason: 'the package electron is not installed' }
  const found = readBinary(folder)
  if (found !== null) return { binary: found, reason: '' }
  tell('Electron is fetched once, about 110 MB; ATELIER_BROWSER=1 opens Atelier in the browser without it.')
  const hurry = new AbortController()
  void isReachable(addressOfDownloads()).then((answers) => {
    if (!answers) setTimeout(() => hurry.abort(), CACHE_PATIENCE_MS).unref()
  })
  const signal = AbortSignal.any([hurry.signal, AbortSignal.timeout(DOWNLOAD_PATIENCE_MS)])
  await runQuietly(process.execPath, [join(folder, 'install.js')], { signal })
  const fetched = readBinary(folder)
  return {
    binary: fetched,
    reason: fetched === null ? 'its binary is not installed and could not be fetched' : '',
  }
}

/** The path that electron/index.js would give, without its download. */
export function readBinary(folder: string): string | null {
  try {
    const name = readFileSync(join(folder, 'path.txt'), 'utf8')
    const binary = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name)
    return existsSync(binary) ? binary : null
  } catch {
    return null
  }
}

function packageFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return null
  }
}

function addressOfDownloads(): string {
  return process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? DOWNLOADS
}

async function isReachable(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(NETWORK_PATIENCE_MS) })
    return true
  } catch {
    return false
  }
}
