// What was found out about the photos of a batch, as a table that a spreadsheet opens or as JSON: the same fields as the
// terminal prints.
import type { JudgingRun } from '#shared/photo-batch.ts'
import type { StoredPrediction } from '../store/photos.ts'
import type { StoredPhoto } from '../store/read-photos.ts'
import { encodeCsv } from '../exports/csv.ts'

/** What is told of one photo and one run; of a refused photo there is one without a run. */
export interface ResultLine {
  readonly file: string
  readonly run?: string
  readonly status: 'predicted' | 'refused' | 'waiting'
  readonly label?: string
  readonly probability?: number
  readonly verdict?: string
  /** The first ones, most probable first. */
  readonly top?: readonly { readonly label: string; readonly probability: number }[]
  /** Why it was refused, or why the verdict is not 'confident'. */
  readonly reason?: string
}

/** @param runs with their class names; more than one are told apart by `run` */
export function describeResults(
  { file, status, reason, predictions }: Pick<StoredPhoto, 'file' | 'status' | 'reason' | 'predictions'>,
  runs: readonly Pick<JudgingRun, 'runId' | 'classNames'>[],
  top = 5,
): ResultLine[] {
  if (status !== 'predicted') return [{ file, status, ...(reason === null ? {} : { reason }) }]
  return predictions.map((prediction) => {
    const names = runs.find(({ runId }) => runId === prediction.runId)?.classNames ?? []
    return {
      file,
      ...(runs.length > 1 ? { run: prediction.runId } : {}),
      ...describe(prediction, names, top),
    }
  })
}

function describe({ className, verdict, ranking }: StoredPrediction, names: readonly string[], top: number) {
  return {
    status: 'predicted' as const,
    label: className,
    probability: verdict.probability,
    verdict: verdict.name,
    top: ranking
      .slice(0, top)
      .map(({ label, probability }) => ({ label: names[label] ?? `Class ${label}`, probability })),
    ...(verdict.name === 'confident' ? {} : { reason: verdict.reason }),
  }
}

const COLUMNS = [
  ...['file', 'run', 'status', 'label', 'probability', 'verdict', 'reason'],
  ...['secondLabel', 'secondProbability', 'folderLabel', 'correctedLabel'],
]

export async function exportResults(
  photos: AsyncIterable<StoredPhoto>,
  runs: readonly JudgingRun[],
  format: 'csv' | 'json',
): Promise<string> {
  const lines: (ResultLine & { folderLabel: string | null; correctedLabel: string | null })[] = []
  for await (const photo of photos) {
    const { folderLabel, correctedLabel } = photo
    for (const line of describeResults(photo, runs)) lines.push({ ...line, folderLabel, correctedLabel })
  }
  if (format === 'json') return JSON.stringify(lines, null, 2)
  const rows = lines.map(({ top = [], ...line }) => ({
    ...line,
    secondLabel: top[1]?.label,
    secondProbability: top[1]?.probability,
  }))
  return encodeCsv(COLUMNS, rows)
}
