// The shell's log: lines with their time in a file of the data folder, the older half kept under another name. It tells
// of defects; what happens to a run stands in the history.
import { appendFileSync, renameSync, statSync } from 'node:fs'

const LARGEST = 1024 * 1024

export type Note = (line: string) => void

/** Never fails: where nothing can be written there is nobody to tell. */
export function openShellLog(file: string): Note {
  setLargeAside(file)
  return (line) => {
    try {
      appendFileSync(file, `${new Date().toISOString()} ${line}\n`)
    } catch {
      process.stderr.write(`${line}\n`)
    }
  }
}

function setLargeAside(file: string): void {
  try {
    if (statSync(file).size > LARGEST) renameSync(file, `${file}.old`)
  } catch {
    // there is none yet
  }
}
