// Calls that hand out models.
import { MAX_EXPORT_BYTES } from '#shared/contract/exports.ts'
import { Failure } from '#shared/failure.ts'
import { exportModel } from '../exports/export-model.ts'
import { openModel } from '../exports/open-model.ts'
import { nameModelFile, packModel } from '../exports/pack-model.ts'
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildExportCalls(calls: Calls, { backend, version }: Host) {
  const { store, home, describeDataset: describe } = backend
  return {
    readModel: calls.exports.readModel.handler(async ({ input: { runId, format } }) => {
      const model = await openModel({ store, home, describe, version }, runId)
      const { name, bytes } = packModel(exportModel(model, format), nameModelFile(model.run))
      requireModestSize(bytes.length, `atelier export-model ${runId} --format ${format} --to FILE`)
      return { name, content: Buffer.from(bytes).toString('base64') }
    }),
  }
}

function requireModestSize(bytes: number, command: string): void {
  if (bytes <= MAX_EXPORT_BYTES) return
  const mebibytes = Math.ceil(bytes / 2 ** 20)
  throw new Failure(
    'unavailable',
    `This model takes ${mebibytes} MiB, more than the page can be handed at once. Write it in a terminal: ${command}`,
  )
}
