import { describe, expect, it } from 'vitest'
import { contrastRuns, judgeRuns } from '#main/compare.ts'
import { buildTestLabelReader, loadTestLabels } from '#main/datasets/test-labels.ts'
import { Failure } from '#shared/failure.ts'
import type { Evaluation, Run, RunDataset } from '#shared/run.ts'
import { FINISHED_AT, sampleEvaluation, sampleRun, trainSample } from './store/sample-runs.ts'
import { temporaryStore } from './store/temporary-home.ts'

const TRUTH = Uint8Array.from({ length: 40 }, (_, image) => image % 2)
const readTestLabels = (): Promise<Uint8Array> => Promise.resolve(TRUTH)

async function open() {
  const store = await temporaryStore()
  /** Wrong on the images named. */
  const complete = async (wrong: readonly number[], settings = {}): Promise<Run> => {
    const { id } = await trainSample(store, 1, sampleRun({ epochs: 1, ...settings }))
    const labels = TRUTH.map((label, image) => (wrong.includes(image) ? 1 - label : label))
    const evaluation: Evaluation = {
      ...sampleEvaluation(40),
      metrics: { ...sampleEvaluation(40).metrics, correct: 40 - wrong.length },
    }
    const probabilities = new Float32Array(40).fill(0.75)
    await store.recordCompletion(id, evaluation, { labels, probabilities }, FINISHED_AT)
    return store.findRun(id)
  }
  return { comparing: { store, readTestLabels }, store, complete }
}

describe('verdicts from the history', () => {
  it('pair the stored answers with the true classes', async () => {
    const { comparing, complete } = await open()
    const good = await complete([0], { seed: 1 })
    const bad = await complete([0, 1, 2, 3, 4, 5, 6, 7], { seed: 2 })
    const { models } = await judgeRuns(comparing, [good, bad], good.id)
    expect(models[0]?.verdict).toMatchObject({ outcome: 'worse', thisOnly: 0, baselineOnly: 7, images: 40 })
  })

  it('are refused for runs without an evaluation or without the data, and need their baseline', async () => {
    const { comparing, store, complete } = await open()
    const good = await complete([0])
    const queued = await store.insertRun(sampleRun())
    const { models } = await judgeRuns(comparing, [good, queued], good.id)
    expect(models[0]?.verdict).toEqual({ state: 'refused', reason: 'not-evaluated' })
    const other = await complete([1])
    const gone = { ...comparing, readTestLabels: () => Promise.resolve(null) }
    const judged = await judgeRuns(gone, [good, other], good.id)
    expect(judged.models[0]?.verdict).toEqual({ state: 'refused', reason: 'no-answers' })
    await expect(judgeRuns(comparing, [good], 'none')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a contrast', () => {
  it('lists the images that flip, with both answers, and counts by class', async () => {
    const { comparing, complete } = await open()
    const contrast = await contrastRuns(comparing, [await complete([0, 2]), await complete([2, 5])])
    expect(contrast.all).toEqual({ images: 40, bothRight: 37, bothWrong: 1, firstOnly: 1, secondOnly: 1 })
    expect(contrast.flips.map(({ image }) => image)).toEqual([0, 5])
    expect(contrast.flips[0]).toMatchObject({
      truth: 0,
      firstAnswer: 1,
      secondAnswer: 0,
      firstProbability: 0.75,
    })
    expect(contrast.classes.map(({ firstOnly, secondOnly }) => [firstOnly, secondOnly])).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  it('says why images cannot be paired', async () => {
    const { comparing, store, complete } = await open()
    const good = await complete([0])
    const queued = await store.insertRun(sampleRun())
    await expect(contrastRuns(comparing, [good, queued])).rejects.toThrow('both must have been evaluated')
    const moved = { ...good, dataset: { ...good.dataset, hash: 'e'.repeat(64) } }
    await expect(contrastRuns(comparing, [good, moved])).rejects.toThrow('different data')
    const gone = { ...comparing, readTestLabels: () => Promise.resolve(null) }
    await expect(contrastRuns(gone, [good, good])).rejects.toThrow('must be on this machine')
  })
})

describe('the true classes', () => {
  const dataset: RunDataset = {
    ...{ id: 'd', name: 'D', hash: 'h', directory: null, generated: false, classNames: ['a'] },
  }
  const content = { hash: 'h', test: { labels: TRUTH } } as never
  const library = { load: () => Promise.resolve(content), loadFolder: () => Promise.resolve(content) }

  it('are those of the content that the run saw, or none', async () => {
    expect(await loadTestLabels(library, dataset)).toBe(TRUTH)
    expect(await loadTestLabels(library, { ...dataset, hash: 'other' })).toBeNull()
    const gone = { ...library, load: () => Promise.reject(new Failure('not-found', 'It is gone.')) }
    expect(await loadTestLabels(gone, dataset)).toBeNull()
    const broken = { ...library, load: () => Promise.reject(new TypeError('a defect')) }
    await expect(loadTestLabels(broken, dataset)).rejects.toThrow('a defect')
  })

  it('are read once where they are there, and looked for again where they are not', async () => {
    let reads = 0
    let found: Uint8Array | null = null
    const read = buildTestLabelReader(() => (reads++, Promise.resolve(found)))
    expect(await read(dataset)).toBeNull()
    found = TRUTH
    expect([await read(dataset), await read(dataset)]).toEqual([TRUTH, TRUTH])
    expect(reads).toBe(2)
  })
})
