// Writes checkpoint after checkpoint over the same file until it is killed, and says which one is finished.
import { sampleState } from '../main/training/sample-state.ts'
import { writeCheckpoint } from '#main/training/checkpoint-file.ts'

const folder = process.argv[2] ?? ''
for (let step = 1; ; step++) {
  await writeCheckpoint(folder, sampleState(step), { datasetHash: 'd'.repeat(64), engine: 'wasm' })
  process.stdout.write(`${step}\n`)
}
