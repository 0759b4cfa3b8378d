// atelier data marks: what the user said of single images, out of Atelier and in again.
import { readFile, stat } from 'node:fs/promises'
import { Failure } from '#shared/failure.ts'
import type { Backend } from '../backend.ts'
import { decodeMarks, encodeMarks } from '../exports/marks-file.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { describeDiskError } from '../files/disk-failure.ts'
import { readSource } from './data-quality.ts'
import { textFlag } from './text-flag.ts'
import type { Arguments, Context, Flag } from './verb.ts'

const MAX_BYTES = 64 * 1024 * 1024

export const MARK_FLAGS: Readonly<Record<string, Flag>> = {
  to: { value: 'FILE', help: 'With marks: write to this file instead of standard output.' },
  import: { value: 'FILE', help: 'With marks: take in marks that were exported for the same images.' },
}

/** CSV, or JSON with --json; `--import` takes either in. */
export async function handleMarks(
  { store, describeDataset }: Backend,
  input: Arguments,
  { terminal }: Context,
): Promise<void> {
  const dataset = await describeDataset(readSource(input))
  const from = textFlag(input, 'import')
  if (from !== null) {
    const marks = decodeMarks(await readText(from), dataset)
    if (marks.length > 0) await store.changeMarks(dataset, marks, `Imported ${marks.length} marks`)
    terminal.note(`Took in ${marks.length} marks of ${dataset.name}.`)
    return
  }
  const { marks } = await store.readMarks(dataset)
  const text = encodeMarks(marks, dataset, terminal.json ? 'json' : 'csv')
  const to = textFlag(input, 'to')
  if (to === null) {
    terminal.print(text.trimEnd())
    return
  }
  await writeFileAtomically(to, text)
  terminal.note(`Wrote ${marks.length} marks to ${to}.`)
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file)
    if (size > MAX_BYTES) throw new Failure('invalid-file', `${file} has ${size} bytes: too many for marks.`)
    return await readFile(file, 'utf8')
  } catch (error) {
    throw describeDiskError(error, `read ${file}`)
  }
}
