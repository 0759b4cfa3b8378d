// A host with two runs that were really trained, for tests of photos; and photos drawn from the same pictures.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { FASHION_CLASS_NAMES } from '#shared/core/datasets/dataset.ts'
import { generateSketches } from '#shared/core/datasets/sketches.ts'
import type { PhotoBatch, PhotoQuery } from '#shared/photo-batch.ts'
import { type Host, openHost } from '#main/host/host.ts'
import { locateHome } from '#main/home.ts'
import { forkTrainer } from '#main/training/spawn-trainer.ts'
import { undoAll } from '../../undo-all.ts'
import { enlarge } from '../photos/enlarge.ts'
import { waitForStatus } from './open-test-host.ts'

export const SKETCHES = generateSketches()

/** A network that has learned something, and one that has not. */
export const RUNS = [2000, 100].map((trainImages, seed) => ({
  settings: {
    ...{ epochs: 2, seed, trainImages, learningRate: 0.003 },
    model: { name: 'mlp' as const, hiddenUnits: [32] },
    optimizer: { name: 'adam' as const },
  },
  ...{ dataset: 'sketches', directory: null, name: `Run ${seed}` },
}))

export interface PhotoHost {
  readonly host: Host
  readonly home: string
  /** Ids of the two runs. */
  readonly first: string
  readonly second: string
}

/** One host for all tests of a file: they train nothing, and each makes batches of its own. */
export function usePhotoHost(): () => PhotoHost {
  const undo: (() => unknown)[] = []
  const opened: PhotoHost[] = []
  beforeAll(async () => {
    const root = await mkdtemp(join(tmpdir(), 'atelier-photo-host-'))
    undo.unshift(() => rm(root, { recursive: true, force: true }))
    const home = join(root, 'home')
    const host = await openHost({
      ...{ home: locateHome(home), purpose: 'in a test', version: '0.0.0', spawnTrainer: forkTrainer },
      ...{ dataDirectory: null, log: (line: string) => process.stderr.write(`${line}\n`) },
    })
    undo.unshift(() => host.close())
    const [first = '', second = ''] = await host.queue.add(await host.backend.prepareRuns(RUNS), 'simd')
    opened.push({ host, home, first, second })
    for (const runId of [first, second]) await waitForStatus(host, runId, 'completed')
    for (const runId of [first, second]) await host.photos.desk.readThresholds(runId)
  }, 240_000)
  afterAll(() => undoAll(undo))
  return () => {
    const [photoHost] = opened
    if (photoHost === undefined) throw new Error('the host was opened')
    return photoHost
  }
}

/**
 * Test images of Sketches as photos, dark on light.
 * @param side of a photo, in pixels; smaller ones are prepared sooner
 */
export async function writePhotos(
  folder: string,
  count: number,
  inFolders = false,
  side = 200,
): Promise<string[]> {
  const paths: string[] = []
  for (let index = 0; index < count; index++) {
    const className = FASHION_CLASS_NAMES[SKETCHES.test.labels[index] ?? 0]?.replace('/', '-') ?? ''
    const place = inFolders ? join(folder, className) : folder
    await mkdir(place, { recursive: true })
    const path = join(place, `${String(index).padStart(4, '0')}.${index % 2 === 0 ? 'png' : 'jpg'}`)
    await writeFile(path, await enlarge(SKETCHES.test, index, side, index % 2 === 0 ? 'png' : 'jpeg'))
    paths.push(path)
  }
  return paths
}

export async function classify(
  host: Host,
  paths: readonly string[],
  runIds: readonly string[],
): Promise<PhotoBatch> {
  const batch = await host.photos.desk.classify({
    ...{ sources: { paths, uploads: [] }, runIds, settings: null, thresholds: null },
  })
  return waitForEnd(host, batch.id)
}

export async function waitForEnd(host: Host, batchId: string): Promise<PhotoBatch> {
  const events = host.announcer.read(new AbortController().signal)
  for (;;) {
    const batch = await host.photos.desk.readBatch(batchId)
    if (batch.status !== 'running') {
      await events.return()
      return batch
    }
    await events.next()
  }
}

export function query(batchId: string, changes: Partial<PhotoQuery> = {}): PhotoQuery {
  return {
    batchId,
    filter: 'all',
    search: '',
    predicted: null,
    verdict: null,
    from: 0,
    count: 200,
    ...changes,
  }
}
