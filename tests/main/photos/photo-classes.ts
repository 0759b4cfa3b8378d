// A folder of photos for each class, drawn: shapes of other colours, each photo in another place.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

const SIZE = { width: 90, height: 120 }
const COLOURS = ['#c02020', '#2040c0', '#108040', '#806010']

/** @param count photos of each class; the second class is taller than it is wide */
export async function writeClasses(folder: string, classes: readonly string[], count: number): Promise<void> {
  for (const [label, name] of classes.entries()) {
    await mkdir(join(folder, name), { recursive: true })
    for (let photo = 0; photo < count; photo++)
      await writeFile(join(folder, name, `${photo}.png`), await drawShape(label, photo))
  }
}

async function drawShape(label: number, photo: number): Promise<Uint8Array> {
  const [width, height] = label === 1 ? [14, 80] : [70, 40]
  const shape = { width, height, channels: 3 as const, background: COLOURS[label % COLOURS.length] ?? '' }
  const place = { left: 5 + (photo % 10), top: 10 + ((photo * 3) % 20) }
  const picture = sharp({ create: { ...SIZE, channels: 3, background: '#f4f4f4' } })
  const input = await sharp({ create: shape }).png().toBuffer()
  return new Uint8Array(
    await picture
      .composite([{ input, ...place }])
      .png()
      .toBuffer(),
  )
}
