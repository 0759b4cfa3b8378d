// The photos that come with Atelier, drawn by it: to try the page with, at once and without anyone's pictures.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FASHION_CLASS_NAMES } from '#shared/core/datasets/dataset.ts'
import { describeFailure } from '#shared/failure.ts'
import type { SamplePhoto } from '#shared/photo-batch.ts'
import { DEFAULT_PREPARATION } from '#shared/preparation.ts'
import type { Decoders } from './decoders.ts'
import { findClass } from './folder-labels.ts'

export class SamplePhotos {
  readonly #folder: string
  readonly #decoders: Decoders
  #listed: Promise<SamplePhoto[]> | null = null

  constructor(folder: string, decoders: Decoders) {
    this.#folder = folder
    this.#decoders = decoders
  }

  /** The folder, whose folders are classes, and every photo in it with a thumbnail. */
  async list(): Promise<{ folder: string; photos: SamplePhoto[] }> {
    this.#listed ??= this.#read()
    return { folder: this.#folder, photos: await this.#listed }
  }

  async #read(): Promise<SamplePhoto[]> {
    const photos: SamplePhoto[] = []
    const folders = await readdir(this.#folder, { withFileTypes: true })
    for (const { name: folder } of folders.filter((entry) => entry.isDirectory())) {
      const className = findClass(folder, FASHION_CLASS_NAMES) ?? folder
      for (const file of (await readdir(join(this.#folder, folder))).sort()) {
        const path = join(this.#folder, folder, file)
        photos.push({
          file: `${folder}/${file}`,
          path,
          className,
          thumbnail: await this.#drawThumbnail(path),
        })
      }
    }
    return photos
  }

  async #drawThumbnail(path: string): Promise<string> {
    try {
      const { thumbnail } = await this.#decoders.prepare(
        { path, settings: DEFAULT_PREPARATION, edit: null },
        'input',
      )
      return Buffer.from(thumbnail).toString('base64')
    } catch (error) {
      throw new Error(`A sample photo is damaged: ${describeFailure(error).message}`, { cause: error })
    }
  }
}
