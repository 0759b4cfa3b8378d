// Small datasets for tests, written as real IDX files.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { encodeIdxImages, encodeIdxLabels } from '#shared/core/datasets/idx.ts'
import type { LabelledImages } from '#shared/core/datasets/dataset.ts'
import type { DatasetContent } from '#main/datasets/content-hash.ts'
import { quartetNames } from '#main/datasets/quartet.ts'

export const SIDE = 8

/** Images whose pixels count upwards from `seed`; labels go round. */
export function smallContent(trainCount = 30, testCount = 10, classCount = 3, seed = 0): DatasetContent {
  const draw = (count: number, start: number): LabelledImages => ({
    count,
    pixels: Uint8Array.from({ length: count * SIDE * SIDE }, (_, i) => (start + i * 7) % 256),
    labels: Uint8Array.from({ length: count }, (_, i) => i % classCount),
  })
  return {
    height: SIDE,
    width: SIDE,
    channels: 1,
    train: draw(trainCount, seed),
    test: draw(testCount, seed + 1),
  }
}

export function encodeContent(content: DatasetContent): Record<string, Uint8Array> {
  const { train, test, ...form } = content
  const names = quartetNames(form.channels)
  return {
    [names.trainImages]: encodeIdxImages({ ...train, ...form }),
    [names.trainLabels]: encodeIdxLabels(train.labels),
    [names.testImages]: encodeIdxImages({ ...test, ...form }),
    [names.testLabels]: encodeIdxLabels(test.labels),
  }
}

/** Writes the four files, packed where asked, and gives the folder back. */
export async function writeQuartet(folder: string, content: DatasetContent, packed = false): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (const [name, bytes] of Object.entries(encodeContent(content))) {
    if (packed) await writeFile(join(folder, `${name}.gz`), gzipSync(bytes))
    else await writeFile(join(folder, name), bytes)
  }
  return folder
}
