// kill -9 cannot tell a synced commit from one that only the operating system knows of; its system calls can.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryHome } from './temporary-home.ts'

const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0

test.runIf(canTrace)(
  'every epoch is synced to the disk before it is acknowledged',
  { timeout: 60_000 },
  () => {
    const directory = temporaryHome()
    const trace = join(directory, 'trace')
    const child = [process.execPath, join(import.meta.dirname, 'record-epochs-child.ts'), directory, '1']
    const { status } = spawnSync('strace', [
      '-f',
      '-s',
      '64',
      '-e',
      'trace=fdatasync,fsync,write',
      '-o',
      trace,
      ...child,
    ])
    expect(status).toBe(0)
    const calls = readFileSync(trace, 'utf8').split('\n').flatMap(nameCall)
    const acknowledged = calls.flatMap((call, index) => (call === 'acknowledge' ? [index] : []))
    expect(acknowledged).toHaveLength(10)
    for (const index of acknowledged) expect(calls[index - 1]).toBe('sync')
  },
)

function nameCall(line: string): string[] {
  if (/f(data)?sync\(.* = 0$/.test(line)) return ['sync']
  return /write\(1, "[0-9a-z]{8} \d+\\n"/.test(line) ? ['acknowledge'] : []
}
