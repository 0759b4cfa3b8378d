// The file that keeps what was found in a dataset: one for each dataset id, which says of which content and by which methods.
// It is untrusted when it is read back: size and form are checked first.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { imageCountOf, type QualityReport, qualityReportSchema } from '#shared/quality.ts'
import { parseJsonOrNull } from '../files/parse-json.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { errorCode } from '../files/disk-failure.ts'

const MAX_BYTES = 32 * 1024 * 1024

export function reportFileOf(folder: string, datasetId: string): string {
  return join(folder, `${datasetId}.json`)
}

export async function writeReport(file: string, report: QualityReport): Promise<void> {
  await writeFileAtomically(file, `${JSON.stringify(report)}\n`)
}

/** Null where there is none, or none that can be understood: then it is computed again. */
export async function readReport(file: string): Promise<QualityReport | null> {
  const text = await readLimited(file)
  if (text === null) return null
  const report = qualityReportSchema.safeParse(parseJsonOrNull(text)).data ?? null
  return report !== null && namesImages(report) ? report : null
}

/** Whether every image that the report names can exist. */
function namesImages(report: QualityReport): boolean {
  const { duplicates, labels, outliers, poor } = report
  const count = imageCountOf(report)
  const named = [
    duplicates.findings.flatMap(({ members }) => members.map(({ image }) => image)),
    ...[labels, outliers, poor].map(({ findings }) => findings.map(({ image }) => image)),
    outliers.typical.flat(),
  ]
  return named.every((images) => images.every((image) => image < count))
}

async function readLimited(file: string): Promise<string | null> {
  try {
    const handle = await open(file, 'r')
    try {
      const { size } = await handle.stat()
      return size > MAX_BYTES ? null : await handle.readFile('utf8')
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}
