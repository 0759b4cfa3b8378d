// atelier export-runs: whole runs as one file, for another history.
import { resolve } from 'node:path'
import { writeFileAtomically } from '../../files/atomic-write.ts'
import { packRuns } from '../../transfers/pack-runs.ts'
import { readVersion } from '../../version.ts'
import { withReader } from '../open-history.ts'
import { readSome } from '../positionals.ts'
import { textFlag } from '../text-flag.ts'
import { EXIT_DONE, type Verb } from '../verb.ts'

export const exportRunsVerb: Verb = {
  name: 'export-runs',
  usage: 'ID [ID ...] [--to FILE]',
  summary: 'Write runs whole, weights included, as one file for another history.',
  flags: { to: { value: 'FILE', help: 'The ZIP file; a name made of the run unless told.' } },
  async run(input, context) {
    const ids = readSome('run id', input)
    const { home, terminal } = context
    const version = readVersion()
    const { name, bytes } = await withReader(context, (store) => packRuns({ store, home, version }, ids))
    const file = resolve(textFlag(input, 'to') ?? name)
    await writeFileAtomically(file, bytes)
    if (terminal.json) terminal.print(JSON.stringify({ file, bytes: bytes.length, runs: ids.length }))
    else terminal.print(`${file}  ${bytes.length.toLocaleString('en')} bytes`)
    return EXIT_DONE
  },
}
