// Ids of runs: short enough to type, random so that two histories can be merged, and without letters that look alike.
import { randomBytes } from 'node:crypto'

/** Crockford's base 32: no i, l, o, u. 32 divides 256, so every letter is equally likely. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const LENGTH = 8

export function newRunId(): string {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')
}
