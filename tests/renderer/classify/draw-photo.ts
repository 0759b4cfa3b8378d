// A photo for tests: a dark coat on a light, uneven floor, as the step 'photo' has it.
import type { PackedImage } from '#shared/photo-batch.ts'

export function drawPhoto(width = 120, height = 160): PackedImage {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('Chromium draws nothing here.')
  for (let x = 0; x < width; x += 8) {
    context.fillStyle = (x / 8) % 2 === 0 ? '#d9cdb8' : '#cbbfa6'
    context.fillRect(x, 0, 8, height)
  }
  context.fillStyle = '#243a5e'
  context.fillRect(width * 0.3, height * 0.2, width * 0.4, height * 0.65)
  context.fillRect(width * 0.15, height * 0.22, width * 0.7, height * 0.12)
  context.fillStyle = '#a63d2f'
  context.fillRect(width * 0.82, height * 0.75, width * 0.14, height * 0.2)
  const { data } = context.getImageData(0, 0, width, height)
  let text = ''
  for (const byte of data) text += String.fromCharCode(byte)
  return { width, height, channels: 4, pixels: btoa(text) }
}
