// What every row of the board needs, handed down by Svelte's context.
import { createContext } from 'svelte'
import type { QualitySummary } from '#shared/quality.ts'
import type { ImageLibrary } from '../../state/image-library.svelte.ts'
import type { Marks } from '../../state/marks.svelte.ts'
import type { PictureBatch } from './picture-batch.ts'

export interface RowContext {
  readonly library: ImageLibrary
  readonly pictures: PictureBatch
  readonly marks: Marks
  readonly summary: QualitySummary
  /** Where an image is opened among others. */
  readonly addressOf: (image: number, among: readonly number[]) => string
}

const [read, provide] = createContext<RowContext>()

/** To be called while a component starts. */
export const useRows = read
export const provideRows = provide
