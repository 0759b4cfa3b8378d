// The linear model on the real data against whole runs of PyTorch: the one model whose numbers are not chaotic.
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import {
  NEEDS_REAL_DATA,
  NEEDS_TORCH_MORE,
  NEEDS_TORCH_RUNS,
  optimizerOf,
  readFashionMnist,
  readTorchMore,
  readTorchRun,
  takeFirst,
} from '../../../reference.ts'
import { compareRuns, trainLikeTorch } from './run-reference.ts'

beforeAll(() => startEngine('wasm'))

const LINEAR = { name: 'linear' } as const

/** The promise is 1e-4 in loss and 1e-3 in accuracy; what is found is a thousand times nearer, so hold it there. */
function expectAgreement(found: ReturnType<typeof compareRuns>, epochs: number): void {
  expect(found.epochs).toBe(epochs)
  expect(found.loss).toBeLessThan(1e-5)
  expect(found.accuracy).toBeLessThan(1e-4)
  expect(found.correct).toBeLessThanOrEqual(1)
}

describe.skipIf(NEEDS_REAL_DATA)(`the linear model on the real data${NEEDS_REAL_DATA}`, () => {
  it.skipIf(NEEDS_TORCH_RUNS)(
    `has in each of three epochs the losses and accuracies of PyTorch${NEEDS_TORCH_RUNS}`,
    { timeout: 120_000 },
    async () => {
      const asFractions = readTorchRun('v0').map((epoch) => ({
        ...epoch,
        trainAccuracy: epoch.trainAccuracy / 100,
        testAccuracy: epoch.testAccuracy / 100,
      }))
      const metrics = await trainLikeTorch({ model: LINEAR, epochs: 3 }, await readFashionMnist())
      expectAgreement(compareRuns(metrics, asFractions), 3)
    },
  )

  // The others of torch-more.json agree as well; they take a minute together.
  it.skipIf(NEEDS_TORCH_MORE).each(['v0-subset6000', 'v0-batch128'])(
    `has those of the run %s${NEEDS_TORCH_MORE}`,
    { timeout: 120_000 },
    async (name) => {
      const run = readTorchMore().runs.find((candidate) => candidate.name === name)
      if (run === undefined) throw new Error(`torch-more.json has no run ${name}`)
      const { epochs, trainImages, loss, learningRate, batchSize, seed } = run
      const data = await readFashionMnist()
      const train = takeFirst(data.train, trainImages ?? data.train.count)
      const settings = { model: LINEAR, loss, learningRate, batchSize, seed, optimizer: optimizerOf(run) }
      const metrics = await trainLikeTorch({ ...settings, epochs: epochs.length }, { ...data, train })
      expectAgreement(compareRuns(metrics, epochs), epochs.length)
    },
  )
})
