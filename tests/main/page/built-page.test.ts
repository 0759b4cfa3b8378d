import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBuiltPage } from '#main/page/built-page.ts'
import { temporaryFolder } from '../host/open-test-host.ts'
import { TRAVERSAL_PATHS, writeCanaryTree } from './traversal-paths.ts'

describe('the built page', () => {
  it('has its own files by their names, and no others', async () => {
    const page = readBuiltPage(await writeCanaryTree(temporaryFolder()))
    const paths = [
      '/',
      '/index.html',
      '/assets/index-B7x_qR2k.js',
      '/link.txt',
      '/linked/canary.txt',
      '/INDEX.HTML',
      '',
    ]
    expect(paths.map((path) => page.find(path)?.contentType ?? null)).toEqual([
      'text/html; charset=utf-8',
      'text/html; charset=utf-8',
      'text/javascript; charset=utf-8',
      null,
      null,
      null,
      null,
    ])
    expect(TRAVERSAL_PATHS.filter((path) => page.find(path) !== null)).toEqual([])
  })

  it('may be kept for ever where the name changes with the content', async () => {
    const page = readBuiltPage(await writeCanaryTree(temporaryFolder()))
    expect(['/', '/assets/index-B7x_qR2k.js'].map((path) => page.find(path)?.isHashed)).toEqual([false, true])
  })

  it('that was not built is refused with what to do', () => {
    const folder = join(temporaryFolder(), 'renderer')
    expect(() => readBuiltPage(folder)).toThrow(
      `there is no ${join(folder, 'index.html')}. Run: npm run build`,
    )
  })
})
