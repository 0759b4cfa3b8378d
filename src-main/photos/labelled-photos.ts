// Photos with a label, given by hand or by their folder: the hand counts more.
import type { StoredPhoto } from '../store/read-photos.ts'
import { findClass } from './folder-labels.ts'

export function labelOf({
  correctedLabel,
  folderLabel,
}: Pick<StoredPhoto, 'correctedLabel' | 'folderLabel'>): string | null {
  return correctedLabel ?? folderLabel
}

export interface LabelledInput {
  readonly file: string
  /** Number of the class. */
  readonly label: number
  /** 784 bytes. */
  readonly input: Uint8Array
}

export interface LabelledInputs {
  /** Those given first, then further labels as they come. */
  readonly classNames: readonly string[]
  readonly inputs: readonly LabelledInput[]
  readonly leftOut: readonly { readonly file: string; readonly reason: string }[]
}

/** The labelled photos of a batch as a set to train or to test with. @param classNames those of a run */
export async function collectLabelled(
  photos: AsyncIterable<StoredPhoto>,
  classNames: readonly string[],
): Promise<LabelledInputs> {
  const names = [...classNames]
  const inputs: LabelledInput[] = []
  const leftOut: { file: string; reason: string }[] = []
  for await (const photo of photos) {
    const label = labelOf(photo)
    if (label === null) continue
    const { file, input } = photo
    if (input === null) leftOut.push({ file, reason: photo.reason ?? 'It was not classified yet.' })
    else inputs.push({ file, input, label: numberOf(label, names) })
  }
  return { classNames: names, inputs, leftOut }
}

function numberOf(label: string, names: string[]): number {
  const known = names.indexOf(findClass(label, names) ?? label)
  return known >= 0 ? known : names.push(label) - 1
}
