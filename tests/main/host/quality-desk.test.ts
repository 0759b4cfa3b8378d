import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SKETCHES } from '#main/datasets/describe-dataset.ts'
import { reportFileOf, writeReport } from '#main/quality/report-file.ts'
import type { Host } from '#main/host/host.ts'
import { forkTrainer } from '#main/training/spawn-trainer.ts'
import type { AppEvent } from '#shared/contract.ts'
import { EVERY_IMAGE, BY_INDEX } from '#shared/images.ts'
import { QUALITY_METHODS } from '#shared/quality.ts'
import { sampleReport } from '../quality/sample-report.ts'
import { writePatterns } from '../training/patterns.ts'
import { FakeTrainers } from './fake-trainers.ts'
import { openTestHost, queueSeeds, temporaryFolder, waitForEvent } from './open-test-host.ts'

const SOURCE = { datasetId: 'sketches', directory: null }
const REPORT = sampleReport({ datasetHash: SKETCHES.hash, trainCount: 10_000, testCount: 2000 })
const FOLDS = { runId: null, again: false }

async function keepReport(host: Host, report = REPORT): Promise<string> {
  const file = reportFileOf(host.backend.home.quality, 'sketches')
  await writeReport(file, report)
  return file
}

function collect(host: Host): AppEvent[] {
  const events: AppEvent[] = []
  const listening = host.announcer.read(new AbortController().signal)
  void (async () => {
    for await (const event of listening) events.push(event)
  })()
  return events
}

describe('What was found in a dataset', () => {
  it('is absent, then fresh, and stale where images or methods are others', async () => {
    const host = await openTestHost(new FakeTrainers().spawn)
    expect(await host.quality.read(SOURCE)).toMatchObject({ state: 'absent', summary: null, work: null })
    const reading = async (report: typeof REPORT) => {
      const { home } = host.backend
      await writeReport(reportFileOf(home.quality, 'sketches'), report)
      const other = await openTestHost(new FakeTrainers().spawn)
      await mkdir(other.backend.home.quality, { recursive: true })
      await writeReport(reportFileOf(other.backend.home.quality, 'sketches'), report)
      return (await other.quality.read(SOURCE)).state
    }
    expect(await reading(REPORT)).toBe('fresh')
    expect(await reading({ ...REPORT, datasetHash: 'e'.repeat(64) })).toBe('other-data')
    expect(await reading({ ...REPORT, methods: QUALITY_METHODS - 1 })).toBe('other-methods')
  })

  it('is listed, and becomes a filter of the images', async () => {
    const host = await openTestHost(new FakeTrainers().spawn)
    await keepReport(host)
    const { labels, duplicates } = await host.quality.readFindings(SOURCE)
    expect([labels, duplicates]).toEqual([REPORT.labels.findings, REPORT.duplicates.findings])
    await host.marks.change(SOURCE, [{ image: 3, label: 1, excluded: false, note: '' }], 'Marked')
    const { flags } = await host.images.countFacets(SOURCE, EVERY_IMAGE)
    expect(Object.fromEntries(flags.map(({ name, count }) => [name, count]))).toMatchObject({
      ...{ duplicate: 2, leak: 2, 'label-error': 1, outlier: 1, poor: 1 },
      ...{ 'marked-wrong': 1, 'marked-excluded': 0, noted: 0 },
    })
    const list = await host.images.select(
      SOURCE,
      { ...EVERY_IMAGE, flags: ['label-error', 'marked-wrong'] },
      BY_INDEX,
    )
    expect([...new Uint32Array(await list.arrayBuffer())]).toEqual([3, 7])
  })

  it('is not told of images that it was not computed for', async () => {
    const host = await openTestHost(new FakeTrainers().spawn)
    await keepReport(host, { ...REPORT, datasetHash: 'e'.repeat(64) })
    await expect(host.quality.readFindings(SOURCE)).rejects.toMatchObject({ code: 'not-found' })
    expect((await host.images.countFacets(SOURCE, EVERY_IMAGE)).flags).toEqual([])
  })

  it('is computed in a process of its own with its progress announced, and read anew', async () => {
    const host = await openTestHost(forkTrainer, { dataDirectory: await writePatterns(temporaryFolder()) })
    const events = collect(host)
    const source = { datasetId: 'x', directory: host.datasets.directory }
    const state = await host.quality.compute(source, FOLDS)
    expect(state).toMatchObject({ work: { progress: null }, state: 'absent' })
    await expect(host.quality.compute(source, FOLDS)).rejects.toMatchObject({ code: 'conflict' })
    await expect.poll(async () => (await host.quality.read(source)).work, { timeout: 200_000 }).toBeNull()
    expect(await host.quality.read(source)).toMatchObject({ work: null, failure: null, state: 'fresh' })
    const stages = events.flatMap((event) =>
      event.type === 'quality-progressed' ? [event.progress.stage] : [],
    )
    expect([...new Set(stages)].slice(0, 3)).toEqual(['loading', 'information', 'duplicates'])
  }, 240_000)

  it('waits while a run trains, and can be cancelled meanwhile', async () => {
    const trainers = new FakeTrainers()
    const host = await openTestHost(trainers.spawn)
    await queueSeeds(host, [1])
    const trainer = await trainers.nth(1)
    await host.quality.compute(SOURCE, FOLDS)
    expect(trainers.all).toHaveLength(1)
    await host.quality.cancel(SOURCE)
    expect(await host.quality.read(SOURCE)).toMatchObject({ work: null, failure: null, state: 'absent' })
    trainer.trainAll(2)
    await expect(host.quality.cancel(SOURCE)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('that could not be computed says why', async () => {
    const trainers = new FakeTrainers()
    const host = await openTestHost(trainers.spawn)
    await host.quality.compute(SOURCE, FOLDS)
    const trainer = await trainers.nth(1)
    const ended = waitForEvent(host, ({ type }) => type === 'quality-changed')
    trainer.fail('unavailable', 'No engine starts.')
    await ended
    expect(await host.quality.read(SOURCE)).toMatchObject({ work: null, failure: 'No engine starts.' })
  })

  it('is judged by a completed run of the same images alone', async () => {
    const trainers = new FakeTrainers()
    const host = await openTestHost(trainers.spawn)
    const [runId = ''] = await queueSeeds(host, [1])
    await trainers.nth(1)
    await expect(host.quality.compute(SOURCE, { runId, again: false })).rejects.toThrow(
      /only a completed run/,
    )
  })

  it('loses what a killed process left half written', async () => {
    const home = join(temporaryFolder(), 'home')
    await mkdir(join(home, 'quality'), { recursive: true })
    const leftover = join(home, 'quality', '.sketches.json.999999.0123456789ab.tmp')
    writeFileSync(leftover, '{"format":')
    const host = await openTestHost(new FakeTrainers().spawn, { home })
    expect(existsSync(leftover)).toBe(false)
    expect(readdirSync(host.backend.home.quality)).toEqual([])
  })
})

describe('Marks over the contract', () => {
  it('are announced, counted as a set, written and taken in again', async () => {
    const host = await openTestHost(new FakeTrainers().spawn)
    const events = collect(host)
    const marks = [
      { image: 5, label: null, excluded: true, note: '' },
      { image: 10_001, label: 2, excluded: true, note: 'two shoes' },
    ]
    await host.marks.change(SOURCE, marks, 'Marked 2 images')
    expect(events.filter(({ type }) => type === 'marks-changed')).toHaveLength(1)
    const { hash, ...counts } = await host.marks.count(SOURCE, null)
    expect(counts, 'test images change no training').toEqual({ excluded: 1, corrected: 0 })
    expect(hash).toMatch(/^[0-9a-f]{16}$/)
    const text = await host.marks.write(SOURCE, 'json')
    await host.marks.reverse(SOURCE, 'undo')
    expect(await host.marks.import(SOURCE, text)).toMatchObject({
      imported: 2,
      marks,
      undo: 'Imported 2 marks',
    })
  })

  it.each([
    [{ image: 12_000, label: null, excluded: true, note: '' }, /no image 12000/],
    [{ image: 1, label: 10, excluded: false, note: '' }, /no class 10/],
  ])('of what is not there are refused: %o', async (mark, reason) => {
    const host = await openTestHost(new FakeTrainers().spawn)
    await expect(host.marks.change(SOURCE, [mark], 'Marked')).rejects.toThrow(reason)
  })
})
