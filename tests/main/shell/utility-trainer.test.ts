// Training in a utilityProcess, with the real trainer process and a real history; only Electron's part is played.
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { spawnUtilityTrainer } from '#main/shell/utility-trainer.ts'
import { LONG, openTrainingHome } from '../training/training-home.ts'
import { buildFakeElectron } from './fake-electron.ts'
import { forkUtilityProcesses } from './fake-utility-process.ts'

const ENTRY = resolve(import.meta.dirname, '../../../src-main/training/trainer-process.ts')

function openTrainers() {
  const { processes, forked } = forkUtilityProcesses()
  return { spawn: spawnUtilityTrainer(processes, ENTRY), forked }
}

async function endOf(trainer: ReturnType<ReturnType<typeof spawnUtilityTrainer>>): Promise<string> {
  return new Promise((resolve) => trainer.onExit(resolve))
}

describe('a trainer in a utilityProcess', () => {
  it('is started from what was built, under its own name, and speaks through its port alone', () => {
    const { electron, seen } = buildFakeElectron({
      fork: () => forkUtilityProcesses().processes.fork(ENTRY, [], {}),
    })
    const trainer = spawnUtilityTrainer(electron.utilityProcess, '/built/trainer-process.js')()
    trainer.kill()
    const options = { serviceName: 'Atelier trainer', stdio: ['ignore', 'ignore', 'inherit'] }
    expect(seen.forks).toEqual([{ script: '/built/trainer-process.js', options }])
  })

  it('trains a run to its end, every report and the predictions included', async () => {
    const { spawn, forked } = openTrainers()
    const home = await openTrainingHome(spawn)
    const execution = await home.train(await home.createRun())
    const run = await execution.ended
    expect([run.status, run.reason, run.epochs.length]).toEqual(['completed', null, 4])
    expect(run.evaluation?.metrics.count).toBe(200)
    expect([forked.length, forked[0]?.kills, forked[0]?.pid]).toEqual([1, 1, undefined])
  })

  it('that crashes is a run that was interrupted, with a reason', async () => {
    const { spawn, forked } = openTrainers()
    const home = await openTrainingHome(spawn)
    const execution = await home.train(await home.createRun(LONG))
    await home.next('epoch-completed')
    forked[0]?.crash()
    const run = await execution.ended
    expect([run.status, run.reason]).toEqual([
      'interrupted',
      expect.stringMatching(/ended unexpectedly \(exit code/),
    ])
    expect(run.epochs.length).toBeGreaterThan(0)
  })

  it('that V8 gives up ends itself alone, and says where', async () => {
    const { spawn, forked } = openTrainers()
    const home = await openTrainingHome(spawn)
    const execution = await home.train(await home.createRun(LONG))
    await home.next('epoch-completed')
    forked[0]?.runOutOfMemory()
    const run = await execution.ended
    expect([run.status, run.reason]).toEqual([
      'interrupted',
      'The trainer process ended unexpectedly (FatalError in Heap::AllocateRaw); finished epochs are kept.',
    ])
    expect(run.epochs.length).toBeGreaterThan(0)
  })

  it('that is interrupted is ended there and then, with its process', async () => {
    const { spawn, forked } = openTrainers()
    const home = await openTrainingHome(spawn)
    const execution = await home.train(await home.createRun(LONG))
    await home.next('epoch-completed')
    execution.interrupt('The application was closed.')
    const run = await execution.ended
    expect([run.status, run.reason]).toEqual(['interrupted', 'The application was closed.'])
    expect(run.epochs.length).toBeLessThan(run.experiment.epochs)
    expect([forked[0]?.kills, forked[0]?.pid]).toEqual([1, undefined])
  })

  it('is ended even when it is asked for before the process is there', async () => {
    const { spawn, forked } = openTrainers()
    const trainer = spawn()
    trainer.kill()
    expect([trainer.pid, await endOf(trainer)]).toEqual([undefined, 'SIGKILL'])
    expect(forked[0]?.kills).toBeGreaterThan(0)
  })

  it('takes further words without harm once it is gone', async () => {
    const { spawn } = openTrainers()
    const trainer = spawn()
    trainer.kill()
    await endOf(trainer)
    trainer.post({ type: 'cancel' })
    trainer.kill()
    await delay(20)
    expect(await endOf(trainer)).toBe('SIGKILL')
  })
})
