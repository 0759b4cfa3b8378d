// A note beside the history that says: closed in order, at this size and time. Whoever opens the history and finds no
// note, or another size or time (a crash, a copy, an edit), checks the whole file first. A checked start costs seconds
// only on a large history, and a clean one costs nothing.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'

/** On a full disk there may be no note, which only costs the next start a check. */
export function noteCleanClose(file: string): void {
  try {
    writeFileSync(noteFile(file), describeFile(file))
  } catch {
    forgetCleanClose(file)
  }
}

export function forgetCleanClose(file: string): void {
  rmSync(noteFile(file), { force: true })
}

/** Whether the history was ever closed in order since it was last opened, whatever became of it then. */
export function hasCleanCloseNote(file: string): boolean {
  return existsSync(noteFile(file))
}

export function wasClosedCleanly(file: string): boolean {
  if (!existsSync(file) || !existsSync(noteFile(file)) || hasUnmergedCommits(file)) return false
  return readFileSync(noteFile(file), 'utf8') === describeFile(file)
}

function noteFile(file: string): string {
  return `${file}.clean`
}

/** SQLite empties or removes its log when the last connection closes in order. */
function hasUnmergedCommits(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
}

function describeFile(file: string): string {
  const { size, mtimeNs } = statSync(file, { bigint: true })
  return JSON.stringify({ bytes: String(size), modifiedNs: String(mtimeNs) })
}
