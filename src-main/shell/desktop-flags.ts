// The flags of the desktop application: --home and --data, as in the terminal. Others are Electron's and Chromium's.
import { parseArgs } from 'node:util'

export interface DesktopFlags {
  readonly home: string | undefined
  /** A folder with a dataset to offer without installing it, or null. */
  readonly data: string | null
}

export function readDesktopFlags(parameters: readonly string[]): DesktopFlags {
  const options = { home: { type: 'string' }, data: { type: 'string' } } as const
  const { home, data } = parseArgs({ args: [...parameters], options, strict: false }).values
  return { home: textOf(home), data: textOf(data) ?? null }
}

/** Undefined for a flag that was not given, or given without a value. */
function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
