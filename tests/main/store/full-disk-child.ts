// Stores epochs on a small disk until it is full, frees some space, and goes on. Argument: the data folder, which holds
// a file `ballast`. Prints one JSON object.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describeFailure } from '#shared/failure.ts'
import { openStore } from '#main/store/open-store.ts'
import { sampleCheckpoint, sampleEpoch, sampleRun, trainSample } from './sample-runs.ts'

const directory = process.argv[2] ?? ''
const store = await openStore({ directory })
const { id } = await trainSample(store, 0, sampleRun({ epochs: 10_000 }))
const { stored, failure } = await fillDisk()
const readable = (await store.findRun(id)).epochs.length
rmSync(join(directory, 'ballast'))
await store.recordEpoch(id, sampleEpoch(stored + 1), sampleCheckpoint(stored + 1))
const afterwards = (await store.findRun(id)).epochs.length
store.close()
process.stdout.write(`${JSON.stringify({ stored, failure, readable, afterwards })}\n`)

async function fillDisk() {
  for (let epoch = 1; ; epoch++) {
    try {
      await store.recordEpoch(id, sampleEpoch(epoch), sampleCheckpoint(epoch))
    } catch (error) {
      return { stored: epoch - 1, failure: describeFailure(error) }
    }
  }
}
