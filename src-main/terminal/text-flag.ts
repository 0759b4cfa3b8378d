// Flags whose value is any text.
import type { Arguments } from './verb.ts'

/** The text, or null when the flag was not given. */
export function textFlag({ flags }: Arguments, name: string): string | null {
  const value = flags[name]
  return typeof value === 'string' ? value : null
}
