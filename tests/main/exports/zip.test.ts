import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { packLargeZip, packZip, unpackZip } from '#main/exports/zip.ts'
import { PACKED_NAME } from '#main/transfers/packed-names.ts'
import { TRAVERSAL_PATHS } from '../page/traversal-paths.ts'

const LIMITS = { entries: 2, entryBytes: 1000, bytes: 1500, names: /^[ab]\.txt$/ }
/** Where the directory of an archive begins, as its last 22 bytes say. */
function directoryOf(packed: Uint8Array): number {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  return view.getUint32(packed.length - 6, true)
}

const bytes = (length: number) => new Uint8Array(length).fill(7)

describe('a ZIP archive', () => {
  it('gives back what was packed, in either way, with equal bytes for equal content', async () => {
    const files = [
      { name: 'a.txt', bytes: bytes(900) },
      { name: 'b.txt', bytes: bytes(3) },
    ]
    const large = await packLargeZip(files)
    for (const packed of [packZip(files), large])
      expect([...(await unpackZip(packed, 'x.zip', LIMITS))]).toEqual(
        files.map((file) => [file.name, file.bytes]),
      )
    expect(await packLargeZip(files)).toEqual(large)
  })

  it.each([
    ['more entries', { 'a.txt': bytes(1), 'b.txt': bytes(1), 'c.txt': bytes(1) }, /3 entries, at most 2/],
    ['another name', { '../a.txt': bytes(1) }, /"..\/a.txt" does not belong/],
    ['too large an entry', { 'a.txt': bytes(1001) }, /would take more than/],
    ['too much in all', { 'a.txt': bytes(900), 'b.txt': bytes(900) }, /would take more than/],
  ])('with %s is refused before it is unpacked', async (_, files, message) => {
    await expect(unpackZip(zipSync(files), 'x.zip', LIMITS)).rejects.toThrow(message)
  })

  it(`with any of ${TRAVERSAL_PATHS.length} names that lead out of a folder is refused, as it stands and after a run’s name`, async () => {
    const names = { ...LIMITS, names: PACKED_NAME }
    for (const path of TRAVERSAL_PATHS) {
      for (const name of [path, path.slice(1), `abcd1234${path}`, `abcd1234/${path}/run.json`]) {
        const packed = zipSync({ [name]: bytes(1) })
        await expect(unpackZip(packed, 'x.zip', names), name).rejects.toThrow(/does not belong into it/)
      }
    }
  })

  it.each([
    ['a thousand to one', 1000, 1_000_000],
    ['all zeros in one entry', 1, 200_000_000],
  ])('that is a bomb, %s, is refused from its directory, unread', async (_, count, size) => {
    const files = Object.fromEntries(
      Array.from({ length: count }, (__, index) => [`${index}.txt`, new Uint8Array(size / count)]),
    )
    const packed = zipSync(files, { level: 9 })
    packed.fill(7, 0, directoryOf(packed)) // deflate knows no block that begins so: unpacking would fail
    const limits = { entries: 10_000, entryBytes: 100_000, bytes: 500_000, names: /./ }
    await expect(unpackZip(packed, 'x.zip', limits)).rejects.toThrow(/would take more than/)
  })

  it('whose entry says that it is smaller than it is, is refused', async () => {
    const noise = Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251)
    const packed = zipSync({ 'a.txt': noise }, { level: 0 })
    expect(Object.keys(unzipSync(packed))).toEqual(['a.txt'])
    const view = new DataView(packed.buffer, packed.byteOffset)
    view.setUint32(directoryOf(packed) + 24, 10, true)
    await expect(unpackZip(packed, 'x.zip', LIMITS)).rejects.toThrow(/claims to be smaller|damaged/)
  })
})
