// How far a download or an import is, as a share and in words.
import { writeBytes, writeCount } from '../../parts/numbers.ts'
import type { DatasetProgress } from '../../state/datasets.svelte.ts'

/** Null while the end is not known. */
export function shareOf({ done, total }: DatasetProgress): number | null {
  return total > 0 ? done / total : null
}

export function describeProgress({ activity, done, total }: DatasetProgress): string {
  if (activity === 'preparing') return `${writeCount(done)} of ${writeCount(total)} photos prepared`
  if (total === 0) return activity === 'downloading' ? 'Asking for it…' : 'Reading the files…'
  const verb = activity === 'downloading' ? 'downloaded' : 'checked and copied'
  return `${writeBytes(done)} of ${writeBytes(total)} ${verb}`
}
