// Runs on a disk of 64 kB: a write that does not fit, and one that does. Prints what became of both.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeFailure } from '#shared/failure.ts'
import { writeFileAtomically } from '#main/files/atomic-write.ts'

const folder = process.argv[2] ?? ''
const path = join(folder, 'file')
await writeFileAtomically(path, 'old')
const sentence = await writeFileAtomically(path, new Uint8Array(200_000)).then(
  () => 'it fitted',
  (error: unknown) => describeFailure(error).message,
)
const content = await readFile(path, 'utf8')
const names = await readdir(folder)
await writeFileAtomically(path, 'new')
const afterwards = await readFile(path, 'utf8')
process.stdout.write(JSON.stringify({ sentence, content, names, afterwards }))
