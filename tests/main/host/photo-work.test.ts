// Photo batches whose end cannot be stored, as on a full disk: told in the log, and nothing else ends of it.
import { expect, test } from 'vitest'
import type { AppEvent } from '#shared/contract.ts'
import { DEFAULT_PREPARATION, PREPARATION_VERSION } from '#shared/preparation.ts'
import { locateHome } from '#main/home.ts'
import { PhotoDesk } from '#main/host/photo-desk.ts'
import { PhotoWork } from '#main/host/photo-work.ts'
import { Classifier } from '#main/photos/classifier.ts'
import { Decoders } from '#main/photos/decoders.ts'
import { openStore } from '#main/store/open-store.ts'
import { temporaryFolder } from './open-test-host.ts'

async function openWork() {
  const home = locateHome(temporaryFolder())
  const store = await openStore({ directory: home.directory })
  const tools = { decoders: new Decoders(), classifier: new Classifier() }
  const lines: string[] = []
  const events: AppEvent[] = []
  const announce = (event: AppEvent): void => void events.push(event)
  const work = new PhotoWork({ store, home, tools, announce, log: (line) => lines.push(line) })
  const desk = new PhotoDesk({ store, home, tools, work, announce })
  const batchId = await store.photos.insertBatch({
    ...{ name: 'autumn', runs: [], settings: DEFAULT_PREPARATION, preparationVersion: PREPARATION_VERSION },
    ...{ thresholds: null, sources: [{ path: '/autumn', file: null }] },
  })
  return { store, work, desk, batchId, lines, events }
}

test('an end that cannot be stored is told in the log, and the application goes on', async () => {
  const { store, work, batchId, lines, events } = await openWork()
  work.start(batchId)
  store.close()
  await work.cancel(batchId) // a rejection that nobody caught would fail this run
  expect(lines.some((line) => line.startsWith(`Photo batch ${batchId}: its end was not stored: `))).toBe(true)
  expect(work.isAtWork(batchId)).toBe(false)
  expect(events).toContainEqual({ type: 'photos-changed', batchId })
})

test('a batch that was left running can be cancelled', async () => {
  const { store, desk, batchId, events } = await openWork()
  expect((await desk.readBatch(batchId)).status).toBe('running')
  await desk.cancel(batchId)
  expect((await desk.readBatch(batchId)).status).toBe('cancelled')
  expect(events.map(({ type }) => type)).toEqual(['photo-batch-changed'])
  store.close()
})
