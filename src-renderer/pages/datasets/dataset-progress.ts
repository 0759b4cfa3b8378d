// How far a download or an import is, as a share and in words.
import { writeBytes } from '../../parts/numbers.ts'
import type { DatasetProgress } from '../../state/datasets.svelte.ts'

/** Null while the end is not known. */
export function shareOf({ receivedBytes, totalBytes }: DatasetProgress): number | null {
  return totalBytes > 0 ? receivedBytes / totalBytes : null
}

export function describeProgress({ activity, receivedBytes, totalBytes }: DatasetProgress): string {
  if (totalBytes === 0) return activity === 'downloading' ? 'Asking for it…' : 'Reading the files…'
  const verb = activity === 'downloading' ? 'downloaded' : 'checked and copied'
  return `${writeBytes(receivedBytes)} of ${writeBytes(totalBytes)} ${verb}`
}
