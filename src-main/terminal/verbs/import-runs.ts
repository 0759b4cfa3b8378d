// atelier import-runs: takes in what `export-runs` wrote, everything checked.
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Failure } from '#shared/failure.ts'
import { describeDiskError } from '../../files/disk-failure.ts'
import { importRuns } from '../../transfers/import-runs.ts'
import { MAX_PACKED_BYTES } from '../../transfers/unpack-runs.ts'
import { withBackend } from '../open-history.ts'
import { readOne } from '../positionals.ts'
import { EXIT_DONE, type Verb } from '../verb.ts'

export const importRunsVerb: Verb = {
  name: 'import-runs',
  usage: 'FILE',
  summary: 'Take runs of another history in; runs that are here already stay as they are.',
  flags: {},
  async run(input, context) {
    const path = readOne('file', input)
    const content = await readBounded(path)
    const { runs, known } = await withBackend(context, ({ store, home }) =>
      importRuns({ store, home }, content, basename(path)),
    )
    const { terminal } = context
    if (known.length > 0) terminal.note(`Here already, and left as they are: ${known.join(', ')}.`)
    if (terminal.json)
      for (const { id, name, status } of runs) terminal.print(JSON.stringify({ id, name, status }))
    else for (const { id, name, status } of runs) terminal.print(`${id}  ${status}  ${name}`)
    return EXIT_DONE
  },
}

async function readBounded(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size <= MAX_PACKED_BYTES) return await readFile(path)
  } catch (error) {
    throw describeDiskError(error, `read ${path}`)
  }
  throw new Failure(
    'invalid-file',
    `${path} is larger than ${MAX_PACKED_BYTES / 2 ** 20} MiB, the most that is taken in at once. Export fewer runs.`,
  )
}
