// Errors that nobody caught: a sentence for the user, the whole of it for the log, and an orderly end, because what
// the process would do after one of them is not known.
import type { ShellDialog } from './electron.ts'

export interface DefectSetting {
  readonly dialog: ShellDialog
  readonly note: (line: string) => void
  readonly logFile: string
  readonly end: () => void
}

/** Where Node tells of them: `process`, or an emitter of a test. */
export interface DefectSource {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown
}

export function catchDefects(source: DefectSource, { dialog, note, logFile, end }: DefectSetting): void {
  let isTold = false
  const tell = (error: unknown): void => {
    note(error instanceof Error ? (error.stack ?? error.message) : String(error))
    if (isTold) return
    isTold = true
    const text = error instanceof Error ? error.message : String(error)
    dialog.showErrorBox(
      'Atelier has met a defect of its own',
      `${text}\n\nIt closes now; finished epochs are saved. What happened stands in ${logFile}.`,
    )
    end()
  }
  source.on('uncaughtException', tell)
  source.on('unhandledRejection', tell)
}
