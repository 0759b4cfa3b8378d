// A program in the foreground: how it ended is told, whether by itself or by a signal.
import { describe, expect, it } from 'vitest'
import { followProgram } from '#main/start/follow-program.ts'
import { runQuietly } from '#main/start/run-quietly.ts'

const run = (script: string) => followProgram(process.execPath, ['-e', script])

describe('a program in the foreground', () => {
  it('tells its exit code', async () => {
    expect(await run('process.exit(3)')).toMatchObject({ code: 3, signal: null })
  })

  it('tells the signal that ended it', async () => {
    expect(await run("process.kill(process.pid, 'SIGABRT')")).toMatchObject({ code: null, signal: 'SIGABRT' })
  })

  it('that is not there is an error', async () => {
    await expect(followProgram('/no/such/program', [])).rejects.toThrow('ENOENT')
  })
})

describe('a program that runs quietly', () => {
  it('is ended when it takes too long', async () => {
    const signal = AbortSignal.timeout(100)
    expect(await runQuietly(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { signal })).toBeNull()
  })

  it('tells its exit code, and null where it cannot be started', async () => {
    const { signal } = new AbortController()
    expect(await runQuietly(process.execPath, ['-e', 'process.exit(2)'], { signal })).toBe(2)
    expect(await runQuietly('/no/such/program', [], { signal })).toBeNull()
  })
})
