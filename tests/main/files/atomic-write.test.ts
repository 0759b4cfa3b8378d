import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { writeFileAtomically } from '#main/files/atomic-write.ts'
import { removeLeftovers, temporaryPathFor } from '#main/files/temporary-name.ts'
import { refusal } from './refusal.ts'
import { makeTemporaryFolder } from './temporary-folder.ts'

let folder = ''
beforeEach(async () => {
  folder = await makeTemporaryFolder()
})

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

/** Pieces that end in an error of the disk, as a failing write does. */
function* piecesThatFail(code: string): Generator<Uint8Array> {
  yield new Uint8Array(1000)
  throw systemError(code)
}

describe('an atomic write', () => {
  it('writes text, bytes and pieces', async () => {
    const path = join(folder, 'file')
    await writeFileAtomically(path, 'Größe')
    expect(await readFile(path, 'utf8')).toBe('Größe')
    await writeFileAtomically(path, Uint8Array.of(1, 2, 3))
    expect([...(await readFile(path))]).toEqual([1, 2, 3])
    await writeFileAtomically(path, [Uint8Array.of(1), Uint8Array.of(2, 3), new Uint8Array()])
    expect([...(await readFile(path))]).toEqual([1, 2, 3])
    expect(await readdir(folder)).toEqual(['file'])
  })

  it('lets many writers of one file win as a whole', async () => {
    const path = join(folder, 'file')
    const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(50_000))
    await Promise.all(contents.map((content) => writeFileAtomically(path, content)))
    expect(contents).toContain(await readFile(path, 'utf8'))
    expect(await readdir(folder)).toEqual(['file'])
  })

  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EDQUOT', 'the quota for your account on this disk is used up'],
    ['EROFS', 'the disk can only be read'],
    ['EACCES', 'access is denied'],
    ['EPERM', 'the operation is not permitted'],
    ['EIO', 'the disk reports an error'],
  ])('that meets %s keeps the old file, leaves nothing beside it and says so', async (code, reason) => {
    const path = join(folder, 'file')
    await writeFile(path, 'old')
    const expected = refusal('unavailable', `Could not write ${path}: ${reason}`)
    await expect(writeFileAtomically(path, piecesThatFail(code))).rejects.toEqual(expected)
    expect(await readFile(path, 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['file'])
  })

  it('passes a defect on as it is and still cleans up', async () => {
    const defect = writeFileAtomically(join(folder, 'file'), piecesThatFail('a defect'))
    await expect(defect).rejects.toThrow(systemError('a defect'))
    expect(await readdir(folder)).toEqual([])
  })

  it('says that the folder is missing', async () => {
    const path = join(folder, 'missing', 'file')
    const expected = refusal('not-found', `Could not write ${path}: it does not exist. Check the path.`)
    await expect(writeFileAtomically(path, '')).rejects.toEqual(expected)
  })

  it.skipIf(process.getuid?.() === 0)(
    'says that the folder is closed to us (needs a user who is not root)',
    async () => {
      await chmod(folder, 0o500)
      await expect(writeFileAtomically(join(folder, 'file'), '')).rejects.toThrow('access is denied')
    },
  )

  const script = resolve(import.meta.dirname, 'write-until-full.ts')
  const inNamespace = `mount -t tmpfs -o size=64k none "$0" && exec "$1" "$2" "$0"`
  const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0
  it.skipIf(!canMount)('survives a disk that is really full (needs user namespaces)', () => {
    const arguments_ = ['-rm', 'sh', '-c', inNamespace, folder, process.execPath, script]
    const { stdout } = spawnSync('unshare', arguments_, { encoding: 'utf8' })
    expect(JSON.parse(stdout)).toEqual({
      sentence: `Could not write ${join(folder, 'file')}: the disk is full. Free some space and try again.`,
      content: 'old',
      names: ['file'],
      afterwards: 'new',
    })
  })
})

describe('leftovers', () => {
  const goneProcess = 2 ** 22 + 1 // above the largest process number that Linux gives

  it('of processes that are gone are removed, folders too, and nothing else', async () => {
    const own = temporaryPathFor(join(folder, 'mine'))
    await writeFile(own, '')
    await writeFile(join(folder, `.file.${goneProcess}.0123456789ab.tmp`), '')
    await mkdir(join(folder, `.folder.${goneProcess}.0123456789ab.tmp`, 'inside'), { recursive: true })
    await writeFile(join(folder, `.other.${process.ppid}.0123456789ab.tmp`), '')
    await writeFile(join(folder, 'notes.tmp'), '')
    await removeLeftovers(folder)
    const left = ['notes.tmp', `.other.${process.ppid}.0123456789ab.tmp`, own.slice(folder.length + 1)]
    expect((await readdir(folder)).sort()).toEqual(left.sort())
  })

  it('of an earlier process with our number are removed, because they are older than we are', async () => {
    const old = temporaryPathFor(join(folder, 'old'))
    await writeFile(old, '')
    await utimes(old, 1, 1)
    await removeLeftovers(folder)
    expect(await readdir(folder)).toEqual([])
  })

  it('that are links are removed without touching what they point to', async () => {
    await mkdir(join(folder, 'kept'))
    await writeFile(join(folder, 'kept', 'file'), '')
    await symlink(join(folder, 'kept'), join(folder, `.link.${goneProcess}.0123456789ab.tmp`))
    await removeLeftovers(folder)
    expect(await readdir(folder, { recursive: true })).toEqual(['kept', join('kept', 'file')])
  })
})
