// Calls that hand whole runs from one history to another.
import { packRuns } from '../transfers/pack-runs.ts'
import { importRuns } from '../transfers/import-runs.ts'
import type { Calls } from './calls.ts'
import { requireModestSize } from './export-calls.ts'
import type { Host } from './host.ts'

export function buildTransferCalls(calls: Calls, { backend, version, announcer }: Host) {
  const { store, home } = backend
  return {
    exportRuns: calls.transfers.exportRuns.handler(async ({ input: { runIds } }) => {
      const { name, bytes } = await packRuns({ store, home, version }, runIds)
      requireModestSize('These runs take', bytes.length, `atelier export-runs ${runIds.join(' ')} --to FILE`)
      return { name, content: Buffer.from(bytes).toString('base64') }
    }),
    importRuns: calls.transfers.importRuns.handler(async ({ input: { name, content } }) => {
      const { runs, known } = await importRuns({ store, home }, Buffer.from(content, 'base64'), name)
      for (const run of runs) announcer.announce({ type: 'run-changed', run })
      return { runs: [...runs], known: [...known] }
    }),
  }
}
