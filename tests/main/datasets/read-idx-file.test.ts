import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { encodeIdxImages, encodeIdxLabels } from '#shared/core/datasets/idx.ts'
import { readIdxImages, readIdxLabels } from '#main/datasets/read-idx-file.ts'
import { refusal } from '../files/refusal.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'

const labels = Uint8Array.from({ length: 1000 }, (_, i) => i % 10)
const images = {
  count: 4,
  height: 8,
  width: 8,
  channels: 1 as const,
  pixels: Uint8Array.from({ length: 256 }, (_, i) => i),
}
const MEBIBYTE = 2 ** 20

let path = ''
beforeEach(async () => {
  path = join(await makeTemporaryFolder(), 'some-file')
})

async function refusalOf(bytes: Uint8Array): Promise<unknown> {
  await writeFile(path, bytes)
  return readIdxLabels(path).catch((error: unknown) => error)
}

function refusalFor(expected: string, found: string): unknown {
  return refusal('invalid-file', `${path}: expected ${expected}, found ${found}.`)
}

/** One mebibyte of zeros packed into a kilobyte, again and again: gzip files may be joined. */
function bomb(start: Uint8Array, mebibytes: number): Uint8Array {
  const zeros = gzipSync(new Uint8Array(MEBIBYTE))
  return Buffer.concat([gzipSync(start), ...Array<Uint8Array>(mebibytes).fill(zeros)])
}

function imageHeader(...dimensions: number[]): Buffer {
  const bytes = Buffer.alloc(16)
  ;[0x803, ...dimensions].forEach((word, i) => bytes.writeUInt32BE(word, 4 * i))
  return bytes
}

describe('an IDX file', () => {
  it('is read plain and packed, told by its content and not by its name', async () => {
    for (const pack of [(bytes: Uint8Array) => bytes, gzipSync]) {
      await writeFile(path, pack(encodeIdxLabels(labels)))
      expect(await readIdxLabels(path)).toEqual({ count: 1000, labels })
      await writeFile(path, pack(encodeIdxImages(images)))
      expect(await readIdxImages(path)).toEqual(images)
    }
  })

  it('may be packed in several pieces, even through the header, with an empty one at the end', async () => {
    const bytes = encodeIdxLabels(labels)
    const pieces = [bytes.subarray(0, 3), bytes.subarray(3, 7), bytes.subarray(7), new Uint8Array()]
    await writeFile(path, Buffer.concat(pieces.map((piece) => gzipSync(piece))))
    expect(await readIdxLabels(path)).toEqual({ count: 1000, labels })
  })

  it('is refused when it is empty, plain or packed', async () => {
    expect(await refusalOf(new Uint8Array())).toEqual(refusalFor('an IDX header of 8 bytes', 'a file of 0'))
    expect(await refusalOf(gzipSync(''))).toEqual(refusalFor('an IDX header of 8 bytes', 'a file of 0'))
  })

  it('is refused when it is too short or too long, plain or packed', async () => {
    const bytes = encodeIdxLabels(labels)
    const longer = Buffer.concat([bytes, Uint8Array.of(0)])
    const says = '1,008 bytes as its header says'
    expect(await refusalOf(bytes.subarray(0, -1))).toEqual(refusalFor(says, '1,007 bytes'))
    expect(await refusalOf(gzipSync(bytes.subarray(0, -1)))).toEqual(refusalFor(says, '1,007 bytes'))
    expect(await refusalOf(longer)).toEqual(refusalFor(says, '1,009 bytes'))
    expect(await refusalOf(gzipSync(longer))).toEqual(refusalFor(says, 'more than that'))
  })

  it('is refused when its gzip data is cut, changed, padded or followed by anything', async () => {
    const packed = gzipSync(encodeIdxLabels(labels))
    const changed = Uint8Array.from(packed)
    changed[packed.length - 6] = 255 - (changed[packed.length - 6] ?? 0)
    const whole = 'a whole gzip file'
    expect(await refusalOf(packed.subarray(0, -9))).toEqual(
      refusalFor(whole, 'damaged data (unexpected end of file)'),
    )
    expect(await refusalOf(changed)).toEqual(refusalFor(whole, 'damaged data (incorrect data check)'))
    const followed = Buffer.concat([packed, Buffer.from('more')])
    expect(await refusalOf(followed)).toEqual(refusalFor(whole, 'damaged data (incorrect header check)'))
    const padded = Buffer.concat([packed, new Uint8Array(100)])
    expect(await refusalOf(padded)).toEqual(refusalFor('nothing after the end of the gzip data', '100 bytes'))
    const twice = Buffer.concat([packed, packed])
    expect(await refusalOf(twice)).toEqual(refusalFor('1,008 bytes as its header says', 'more than that'))
  })

  it('is refused when it is a folder, missing, or a pipe that would never end', async () => {
    await expect(readIdxLabels(path)).rejects.toThrow(`Could not read ${path}: it does not exist.`)
    await mkdir(path)
    await expect(readIdxLabels(path)).rejects.toThrow(`${path}: expected a file, found something else.`)
    if (spawnSync('mkfifo', [`${path}-pipe`]).status !== 0) return
    await expect(readIdxLabels(`${path}-pipe`)).rejects.toThrow('expected a file, found something else')
  })
})

describe('a bomb', () => {
  async function expectQuickRefusal(bytes: Uint8Array, expected: string, found: string): Promise<void> {
    await writeFile(path, bytes)
    const kilobytesBefore = process.resourceUsage().maxRSS
    const error: unknown = await readIdxImages(path).catch((reason: unknown) => reason)
    expect(error).toEqual(refusalFor(expected, found))
    expect(process.resourceUsage().maxRSS - kilobytesBefore).toBeLessThan(64 * 1024)
  }

  it('of two thousand million images is refused at its header', async () => {
    const header = imageHeader(2 ** 31, 28, 28)
    const limit = '1 to 10,000,000 images'
    await expectQuickRefusal(header, limit, '2,147,483,648')
    await expectQuickRefusal(gzipSync(header), limit, '2,147,483,648')
    await expectQuickRefusal(bomb(header, 300), limit, '2,147,483,648')
  })

  it('of zeros is refused at its first bytes', async () => {
    const magic = 'IDX images starting with 00 00 08 03'
    await expectQuickRefusal(bomb(new Uint8Array(), 500), magic, '00 00 00 00')
    await expectQuickRefusal(gzipSync(new Uint8Array(32 * MEBIBYTE)), magic, '00 00 00 00')
  })

  it('of more than it announces is refused at the first byte too many', async () => {
    const bytes = bomb(imageHeader(1000, 28, 28), 500)
    await expectQuickRefusal(bytes, '784,016 bytes as its header says', 'more than that')
  })

  it('that announces far more than its packed size can mean is refused before memory is taken', async () => {
    const bytes = bomb(imageHeader(1_000_000, 28, 28), 600)
    const allowed = Math.max(64 * MEBIBYTE, 100 * bytes.length).toLocaleString('en-US')
    const packed = bytes.length.toLocaleString('en-US')
    const expected = `at most ${allowed} bytes out of ${packed} packed ones`
    await expectQuickRefusal(bytes, expected, 'a header that announces 784,000,016')
  })

  it('of packed bombs is refused as what it is, because only one layer is unpacked', async () => {
    const nested = gzipSync(bomb(new Uint8Array(), 100))
    await expectQuickRefusal(nested, 'IDX images starting with 00 00 08 03', '1f 8b 08 00')
  })
})
