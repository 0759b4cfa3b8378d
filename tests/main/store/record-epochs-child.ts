// Stores epochs as fast as it can and says so on stdout after each one. Arguments: the data folder, and after how many
// runs of ten epochs to end; without it, it goes on until it is killed.
import { writeSync } from 'node:fs'
import { lockHome } from '#main/store/home-lock.ts'
import { openStore } from '#main/store/open-store.ts'
import { ENGINE, HARDWARE, STARTED_AT, sampleCheckpoint, sampleEpoch, sampleRun } from './sample-runs.ts'

const directory = process.argv[2] ?? ''
lockHome(directory, 'test')
const store = await openStore({ directory })
if (store.recovery !== null) throw new Error(store.recovery.message)
await store.markInterrupted()
const runs = Number(process.argv[3] ?? Infinity)
for (let run = 0; run < runs; run++) {
  const { id } = await store.insertRun(sampleRun({ epochs: 10 }))
  await store.recordStart(id, ENGINE, HARDWARE, STARTED_AT)
  for (let epoch = 1; epoch <= 10; epoch++) {
    await store.recordEpoch(id, sampleEpoch(epoch), sampleCheckpoint(epoch))
    writeSync(1, `${id} ${epoch}\n`)
  }
}
