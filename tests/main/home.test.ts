import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { locateHome } from '#main/home.ts'

beforeEach(() => vi.stubEnv('ATELIER_HOME', ''))
afterEach(() => vi.unstubAllEnvs())

describe('the data folder', () => {
  it('is the one that is named, as an absolute path', () => {
    vi.stubEnv('ATELIER_HOME', '/elsewhere')
    const home = locateHome('some/folder')
    expect(home.directory).toBe(resolve('some/folder'))
    expect(home.datasets).toBe(join(home.directory, 'datasets'))
    expect(home.runFolder('abc')).toBe(join(home.directory, 'runs', 'abc'))
  })

  it('is that of ATELIER_HOME when none is named', () => {
    vi.stubEnv('ATELIER_HOME', '/some/folder')
    expect(locateHome().directory).toBe(resolve('/some/folder'))
  })

  it.runIf(process.platform === 'linux')('is where Linux keeps such data otherwise (Linux alone)', () => {
    vi.stubEnv('XDG_DATA_HOME', '/data')
    expect(locateHome().directory).toBe('/data/atelier')
    vi.stubEnv('XDG_DATA_HOME', '')
    expect(locateHome().directory).toBe(join(homedir(), '.local', 'share', 'atelier'))
  })

  it('is never the current folder because a name was left empty', () => {
    expect(() => locateHome('')).toThrow('The data folder has no name: give --home a folder.')
    expect(locateHome().directory).not.toBe(resolve('.'))
  })
})
