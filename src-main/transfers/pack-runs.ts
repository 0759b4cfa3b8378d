// Runs as one file for another history: a ZIP archive with a folder for each run, in it `run.json` (see packed-run.ts) and
// its newest weights. The same runs give the same bytes.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '#shared/failure.ts'
import { MAX_PACKED_RUNS } from '#shared/contract/transfers.ts'
import { PACKED_RUN_FORMAT, PACKED_RUN_VERSION, type PackedRun } from '#shared/packed-run.ts'
import { type CheckpointRecord, isResting, type Run, type SplitPredictions } from '#shared/run.ts'
import type { ExportedFile } from '../exports/exported-model.ts'
import { nameRunFile } from '../exports/pack-model.ts'
import { packLargeZip } from '../exports/zip.ts'
import type { Home } from '../home.ts'
import type { StoreReader } from '../store/open-store.ts'
import { decodeCheckpoint } from '../training/checkpoint-file.ts'
import { RUN_RECORD, WEIGHTS_FILE } from './packed-names.ts'

export interface PackingSource {
  readonly store: StoreReader
  readonly home: Home
  /** Of Atelier. */
  readonly version: string
}

/**
 * @param ids of runs that have ended, or beginnings of them
 * @throws Failure 'conflict' for a run that waits, trains or is deleted, 'not-found', 'invalid-file' for damaged weights
 */
export async function packRuns(source: PackingSource, ids: readonly string[]): Promise<ExportedFile> {
  if (ids.length > MAX_PACKED_RUNS)
    throw new Failure('invalid-setting', `A file takes at most ${MAX_PACKED_RUNS} runs, found ${ids.length}.`)
  const packed = new Map<string, readonly ExportedFile[]>()
  let name = `atelier-${ids.length}-runs`
  for (const id of ids) {
    const run = await source.store.findRun(id)
    if (ids.length === 1) name = nameRunFile(run)
    packed.set(run.id, await packRun(source, run))
  }
  const files = [...packed].flatMap(([id, parts]) =>
    parts.map((part) => ({ ...part, name: `${id}/${part.name}` })),
  )
  return { name: `${name}.zip`, bytes: await packLargeZip(files) }
}

async function packRun(source: PackingSource, run: Run): Promise<readonly ExportedFile[]> {
  const { store, home, version } = source
  requireResting(run)
  const checkpoint = (await store.listCheckpoints(run.id)).at(-1) ?? null
  const record: PackedRun = {
    format: PACKED_RUN_FORMAT,
    version: PACKED_RUN_VERSION,
    writtenBy: version,
    run,
    curve: [...(await store.readCurve(run.id))],
    log: [...(await store.readLog(run.id))],
    checkpoint,
    predictions: run.evaluation === null ? null : toLists(await store.readPredictions(run.id)),
    ...(await readSets(store, run)),
    gain: await store.readGain(run.id),
  }
  const file = { name: RUN_RECORD, bytes: new TextEncoder().encode(`${JSON.stringify(record)}\n`) }
  if (checkpoint === null) return [file]
  return [file, { name: WEIGHTS_FILE, bytes: await readWeights(home.runFolder(run.id), checkpoint) }]
}

function requireResting(run: Run): void {
  if (run.deletedAt !== null) throw new Failure('conflict', `Run ${run.id} is deleted. Restore it first.`)
  if (isResting(run)) return
  throw new Failure(
    'conflict',
    `Run ${run.id} is ${run.status}: only a run that has ended can be handed on. Wait for its end, or cancel it.`,
  )
}

function toLists({ labels, probabilities }: SplitPredictions): PackedRun['predictions'] {
  return { labels: [...labels], probabilities: [...probabilities] }
}

async function readSets(store: StoreReader, run: Run): Promise<Pick<PackedRun, 'markSet' | 'photoSet'>> {
  const { marks, adaptation } = run.experiment
  const markSet = marks === 'present' ? null : await store.findMarkSet(marks, run.dataset.hash)
  if (adaptation === null) return { markSet, photoSet: null }
  const { inputs, labels } = await store.findPhotoSet(adaptation.photos)
  const photoSet = { hash: adaptation.photos, inputs: toBase64(inputs), labels: toBase64(labels) }
  return { markSet, photoSet }
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

/** As they lie on the disk, after a look whether they are whole. */
async function readWeights(folder: string, { file, bytes }: CheckpointRecord): Promise<Uint8Array> {
  const path = join(folder, file)
  const content = await readFile(path).catch((error: unknown) => {
    throw new Failure('not-found', `The weights ${path} are missing, so the run cannot be handed on whole.`, {
      cause: error,
    })
  })
  if (content.length !== bytes) throw new Failure('invalid-file', `The weights ${path} are damaged.`)
  decodeCheckpoint(content, path)
  return content
}
