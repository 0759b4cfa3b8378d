import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  installFolderAtomically,
  recoverFolders,
  removeFolderAtomically,
} from '#main/files/install-folder.ts'
import { temporaryPathFor } from '#main/files/temporary-name.ts'
import { refusal } from './refusal.ts'
import { makeTemporaryFolder } from './temporary-folder.ts'

let parent = ''
beforeEach(async () => {
  parent = await makeTemporaryFolder()
})

async function makeFolder(path: string, content: string): Promise<string> {
  await mkdir(path)
  await writeFile(join(path, 'file'), content)
  return path
}

async function contentOf(name: string): Promise<string> {
  return readFile(join(parent, name, 'file'), 'utf8')
}

describe('a folder', () => {
  it('is installed, replaced and removed without a trace', async () => {
    const final = join(parent, 'set')
    await installFolderAtomically(await makeFolder(temporaryPathFor(final), 'one'), final)
    expect(await contentOf('set')).toBe('one')
    await installFolderAtomically(await makeFolder(temporaryPathFor(final), 'two'), final)
    expect(await contentOf('set')).toBe('two')
    expect(await readdir(parent)).toEqual(['set'])
    await removeFolderAtomically(final)
    expect(await readdir(parent)).toEqual([])
  })

  it('keeps its old content when the new one cannot be moved in', async () => {
    const final = await makeFolder(join(parent, 'set'), 'old')
    const moving = installFolderAtomically(temporaryPathFor(final), final)
    await expect(moving).rejects.toEqual(
      refusal('not-found', `Could not install ${final}: it does not exist`),
    )
    expect(await contentOf('set')).toBe('old')
    expect(await readdir(parent)).toEqual(['set'])
  })

  it('that was stepping aside at a crash comes back when nothing has taken its place', async () => {
    await makeFolder(join(parent, '.set.replaced'), 'old')
    await recoverFolders(parent)
    expect(await contentOf('set')).toBe('old')
    expect(await readdir(parent)).toEqual(['set'])
  })

  it('that was stepping aside at a crash goes when the new one is in place', async () => {
    await makeFolder(join(parent, '.set.replaced'), 'old')
    await makeFolder(join(parent, 'set'), 'new')
    await recoverFolders(parent)
    expect(await contentOf('set')).toBe('new')
    expect(await readdir(parent)).toEqual(['set'])
  })

  it('that is missing cannot be removed, and that is said', async () => {
    const path = join(parent, 'set')
    await expect(removeFolderAtomically(path)).rejects.toThrow(`Could not remove ${path}: it does not exist.`)
  })
})
