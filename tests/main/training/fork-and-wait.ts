// Stands for an application: starts a trainer on the job of the argument and waits to be killed.
import type { TrainingJob } from '#main/training/messages.ts'
import { forkTrainer } from '#main/training/spawn-trainer.ts'
import { startTrainer } from '#main/training/trainer.ts'

const job = JSON.parse(process.argv[2] ?? '') as TrainingJob
const { pid, ended } = startTrainer(forkTrainer, job, ({ type }) => {
  process.stdout.write(`${type}\n`)
  return Promise.resolve()
})
process.stdout.write(`forked ${String(pid)}\n`)
process.stdout.write(`${(await ended).type}\n`)
