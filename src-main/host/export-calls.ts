// Calls that hand out models.
import { MAX_EXPORT_BYTES } from '#shared/contract/exports.ts'
import { Failure } from '#shared/failure.ts'
import { exportModel } from '../exports/export-model.ts'
import { openModel } from '../exports/open-model.ts'
import { nameRunFile, packModel } from '../exports/pack-model.ts'
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildExportCalls(calls: Calls, { backend, version }: Host) {
  const { store, home, describeDataset: describe } = backend
  return {
    readModel: calls.exports.readModel.handler(async ({ input: { runId, format } }) => {
      const model = await openModel({ store, home, describe, version }, runId)
      const { name, bytes } = packModel(exportModel(model, format), nameRunFile(model.run))
      requireModestSize(
        'This model takes',
        bytes.length,
        `atelier export-model ${runId} --format ${format} --to FILE`,
      )
      return { name, content: Buffer.from(bytes).toString('base64') }
    }),
  }
}

/** @throws Failure 'unavailable' for what is too much for one answer */
export function requireModestSize(what: string, bytes: number, command: string): void {
  if (bytes <= MAX_EXPORT_BYTES) return
  const mebibytes = Math.ceil(bytes / 2 ** 20)
  throw new Failure(
    'unavailable',
    `${what} ${mebibytes} MiB, more than the page can be handed at once. Write the file in a terminal: ${command}`,
  )
}
