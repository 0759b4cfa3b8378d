// Files that are small and claim to be enormous, and others that are built to make a reader work in vain. Made by hand,
// because no encoder writes them.
import { crc32, deflateSync } from 'node:zlib'

const text = (value: string): Buffer => Buffer.from(value, 'latin1')

function chunk(type: string, data: Uint8Array, length = data.length): Buffer {
  const body = Buffer.concat([text(type), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

function png(width: number, height: number, ...chunks: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([text('\x89PNG\r\n\x1a\n'), chunk('IHDR', header), ...chunks])
}

const end = chunk('IEND', Buffer.alloc(0))
const zeros = (bytes: number): Buffer => deflateSync(Buffer.alloc(bytes), { level: 9 })

function jpeg(marker: number, width: number, height: number, components = 3): Buffer {
  const frame = Buffer.alloc(10 + 3 * components)
  frame.set([0xff, marker], 0)
  frame.writeUInt16BE(8 + 3 * components, 2)
  frame[4] = 8
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  frame[9] = components
  return Buffer.concat([Buffer.from([0xff, 0xd8]), frame, Buffer.from([0xff, 0xda, 0, 2, 0, 0xff, 0xd9])])
}

function webp(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(20)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(12 + data.length, 4)
  head.write(`WEBP${type}`, 8, 'latin1')
  head.writeUInt32LE(data.length, 16)
  return Buffer.concat([head, data])
}

/** @param frame of the pictures, which may be larger than the screen */
function gif(
  width: number,
  height: number,
  frames: number,
  frame: readonly [number, number] = [1, 1],
): Buffer {
  const screen = Buffer.alloc(13)
  screen.write('GIF89a', 0, 'latin1')
  screen.writeUInt16LE(width, 6)
  screen.writeUInt16LE(height, 8)
  const image = Buffer.from([0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 255, 255, 255, 2, 2, 0x44, 1, 0])
  image.writeUInt16LE(frame[0], 5)
  image.writeUInt16LE(frame[1], 7)
  return Buffer.concat([screen, ...Array.from({ length: frames }, () => image), Buffer.from([0x3b])])
}

const extended = Buffer.from([0x12, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
const lossless = Buffer.alloc(1000)
lossless.set([0x2f, 0xff, 0xff, 0xff, 0x0f])
const lossy = Buffer.alloc(1000)
lossy.set([0x30, 0x01, 0x00, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f])

/** Twenty of them. */
export const BOMBS: Readonly<Record<string, Uint8Array>> = {
  '900 megapixels.png': png(30_000, 30_000, chunk('IDAT', zeros(64 * 1024 * 1024)), end),
  'as large as PNG can say.png': png(0x7fffffff, 0x7fffffff, chunk('IDAT', zeros(100)), end),
  'one pixel high.png': png(2_000_000_000, 1, chunk('IDAT', zeros(100)), end),
  'a text chunk of 2 GB.png': png(10, 10, chunk('iTXt', text('comment'), 0x7fffffff), end),
  'a picture chunk of 2 GB.png': png(10, 10, chunk('IDAT', zeros(10), 0x7fffffff), end),
  'too many pixels after the header.png': png(10_500, 10_500, chunk('IDAT', zeros(1000)), end),
  'no picture.png': png(10, 10, end),
  'a wrong header.png': Buffer.concat([png(10, 10, end).subarray(0, 20), Buffer.alloc(200, 0xff)]),
  '65535 x 65535.jpg': jpeg(0xc0, 65_535, 65_535),
  'progressive, 65535 x 65535.jpg': jpeg(0xc2, 65_535, 65_535),
  'lossless, 65535 x 65535.jpg': jpeg(0xc3, 65_535, 65_535),
  '255 components.jpg': jpeg(0xc0, 65_000, 65_000, 255),
  'no height.jpg': jpeg(0xc0, 1000, 0),
  'a million empty segments.jpg': Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    Buffer.alloc(4_000_000).map((_, index) => [0xff, 0xe1, 0, 2][index % 4] ?? 0),
  ]),
  '16777216 a side.webp': webp('VP8X', extended),
  'lossless, 16384 a side.webp': webp('VP8L', lossless),
  'lossy, 16383 a side.webp': webp('VP8 ', lossy),
  '10000 pictures.gif': gif(100, 100, 10_000),
  '65535 x 65535.gif': gif(65_535, 65_535, 1),
  'a picture larger than its screen.gif': gif(10, 10, 1, [65_535, 65_535]),
}
