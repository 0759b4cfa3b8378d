// Reports that were read once are remembered until their file may have changed.
import { mkdir } from 'node:fs/promises'
import type { QualityReport } from '#shared/quality.ts'
import { removeLeftovers } from '../files/temporary-name.ts'
import { readReport, reportFileOf } from './report-file.ts'

export class ReportShelf {
  readonly #folder: string
  readonly #known = new Map<string, Promise<QualityReport | null>>()

  constructor(folder: string) {
    this.#folder = folder
  }

  read(datasetId: string): Promise<QualityReport | null> {
    const known = this.#known.get(datasetId)
    if (known !== undefined) return known
    const report = readReport(reportFileOf(this.#folder, datasetId))
    this.#known.set(datasetId, report)
    report.catch(() => this.#known.delete(datasetId)) // whoever asked is told; the next one tries again
    return report
  }

  /** Removes what a process that was killed left half written. */
  async tidy(): Promise<void> {
    await mkdir(this.#folder, { recursive: true })
    await removeLeftovers(this.#folder)
  }

  forget(datasetId: string): void {
    this.#known.delete(datasetId)
  }
}
