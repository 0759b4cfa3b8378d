// A run that leaves out marked images records which, and is resumed and repeated with exactly those.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Mark } from '#shared/marks.ts'
import type { Run } from '#shared/run.ts'
import { openTrainingHome, QUICK, type TrainingHome } from './training-home.ts'

const EXCLUDED: readonly Mark[] = [4, 17, 230].map((image) => ({
  image,
  label: null,
  excluded: true,
  note: '',
}))
const WRONG: Mark = { image: 9, label: 2, excluded: false, note: '' }

async function mark({ backend, patterns }: TrainingHome, marks: readonly Mark[]): Promise<void> {
  const data = await backend.describeDataset({ id: '', directory: patterns })
  await backend.store.changeMarks(data, marks, 'Marked in a test')
}

async function hashLastCheckpoint({ backend }: TrainingHome, { id }: Run): Promise<string> {
  const last = (await backend.store.listCheckpoints(id)).at(-1)
  return createHash('sha256')
    .update(await readFile(join(backend.home.runFolder(id), last?.file ?? '')))
    .digest('hex')
}

describe('A run without excluded images', () => {
  it('is resumed with the set that it was made with, whatever was marked since, to the same bits', async () => {
    const home = await openTrainingHome()
    await mark(home, EXCLUDED)
    const settings = { ...QUICK, epochs: 40, withoutExcluded: true }
    const straight = await home.createRun(settings)
    const broken = await home.createRun(settings)
    await (
      await home.train(straight)
    ).ended

    const firstEpoch = home.next('epoch-completed')
    const execution = await home.train(broken)
    await firstEpoch
    execution.interrupt('The test pulls the plug.')
    const interrupted = await execution.ended
    expect(interrupted.epochs.length).toBeLessThan(40)
    await mark(home, [
      { ...WRONG, excluded: true, label: null },
      ...EXCLUDED.map((one) => ({ ...one, excluded: false })),
    ])
    const ended = await (await home.train(await home.backend.store.findRun(broken.id))).ended

    expect(ended.status).toBe('completed')
    expect(ended.experiment.marks).toBe(straight.experiment.marks)
    expect(ended.epochs.map(({ train }) => train.count)).toEqual(
      new Array(40).fill(597 - ended.experiment.validationImages),
    )
    expect(await hashLastCheckpoint(home, ended)).toBe(await hashLastCheckpoint(home, straight))
  })

  it('is repeated with its set by naming it, and with the marks of now by not naming it', async () => {
    const home = await openTrainingHome()
    await mark(home, EXCLUDED)
    const { experiment, dataset } = await home.createRun({ ...QUICK, withoutExcluded: true })
    await mark(home, [WRONG])
    const again = await home.createRun({ ...QUICK, withoutExcluded: true, marks: experiment.marks })
    const now = await home.createRun({ ...QUICK, withoutExcluded: true })
    expect(again.experiment.marks).toBe(experiment.marks)
    expect(now.experiment.marks).not.toBe(experiment.marks)
    const { set } = await home.backend.store.findMarkSet(experiment.marks, dataset.hash)
    expect(set).toEqual({ excluded: [4, 17, 230], corrected: [] })
  })

  it('is refused when it names a set that nobody made', async () => {
    const home = await openTrainingHome()
    const settings = { ...QUICK, correctedLabels: true, marks: '0123456789abcdef' }
    await expect(home.createRun(settings)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('A run that uses no marks', () => {
  it('gives the same bits whatever is marked, and names no set', async () => {
    const home = await openTrainingHome()
    const before = await home.createRun()
    await (
      await home.train(before)
    ).ended
    await mark(home, [...EXCLUDED, WRONG])
    const after = await home.createRun()
    const ended = await (await home.train(after)).ended
    expect(ended.experiment.marks).toBe('present')
    expect(await hashLastCheckpoint(home, ended)).toBe(await hashLastCheckpoint(home, before))
  })
})
