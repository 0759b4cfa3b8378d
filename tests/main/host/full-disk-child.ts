// Trains on a small disk until it is full, so that not even the end of the run can be stored; frees some space, and says
// what became of the run. Argument: the data folder's parent, an empty disk. Prints one JSON object.
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openHost } from '#main/host/host.ts'
import { locateHome } from '#main/home.ts'
import { RunDesk } from '#main/host/run-desk.ts'
import { FakeTrainers } from './fake-trainers.ts'

const disk = process.argv[2] ?? ''
const ballast = join(disk, 'ballast')
const trainers = new FakeTrainers()
const lines: string[] = []
const host = await openHost({
  ...{ home: locateHome(join(disk, 'home')), purpose: 'in a test', version: '0.0.0' },
  ...{ spawnTrainer: trainers.spawn, dataDirectory: null, log: (line: string) => lines.push(line) },
})
const { store } = host.backend
const desk = new RunDesk(store, host.queue, host.announcer.announce)
const requests = [1, 2].map((seed) => ({
  settings: { seed, epochs: 10_000, model: { name: 'mlp' as const, hiddenUnits: [8] } },
  ...{ dataset: 'sketches', directory: null, name: null },
}))
const [first = '', second = ''] = await host.queue.add(await host.backend.prepareRuns(requests), 'cpu')
const trainer = await trainers.nth(1)
trainer.start()
trainer.finishEpoch(1)
while ((await store.findRun(first)).epochs.length < 1) await delay(5)
fillDisk()
for (let epoch = 2; host.queue.isCurrent(first); epoch++) {
  trainer.finishEpoch(epoch)
  await delay(2)
}
const full = await look()
rmSync(ballast)
await host.queue.setHeld(true) // any change catches up first
const freed = await look()
await desk.resume(first)
const resumed = await look()
await host.close()
process.stdout.write(`${JSON.stringify({ full, freed, resumed, said: lines.at(-1), first, second })}\n`)
process.exit(0)

function fillDisk(): void {
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(ballast, new Uint8Array(bavail * bsize))
}

async function look() {
  const { status, reason, epochs } = await store.findRun(first)
  const { current, waiting, held } = await host.queue.read()
  return { status, reason, epochs: epochs.length, current, waiting: waiting.map(({ runId }) => runId), held }
}
