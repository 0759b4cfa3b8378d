// What the page and its worker of preparation say to each other: one question, one answer, by number.
import type { CutOutEdit, PreparationSettings } from '#shared/preparation.ts'

export interface PreparationQuestion {
  readonly number: number
  readonly photo: ImageData
  readonly settings: PreparationSettings
  readonly edit: CutOutEdit | null
}

/** What preparation makes of the photo. */
export interface PreparedPhoto {
  /** Transparent where the garment is not. */
  readonly garment: ImageData
  /** 28 x 28, grey. */
  readonly input: ImageData
  /** What was found, in a sentence. */
  readonly note: string
}

export type PreparationAnswer = { readonly number: number } & (
  { readonly prepared: PreparedPhoto } | { readonly problem: string }
)
