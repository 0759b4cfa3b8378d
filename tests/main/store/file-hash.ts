// Whether a file is byte for byte what it was.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

export function fileHash(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
