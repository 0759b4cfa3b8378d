// The real Fashion-MNIST files and PyTorch's numbers, where a machine has them.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { findQuartet, readQuartet } from '#main/datasets/quartet.ts'
import type { DatasetContent } from '#main/datasets/content-hash.ts'
import type { LabelledImages } from '#shared/core/datasets/dataset.ts'
import { LOSS_NAMES, OPTIMIZER_NAMES } from '#shared/experiment.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** The folder with the four original files, or null: tests that need it are then skipped, and say so. */
export const FASHION_MNIST_FOLDER = firstThatExists([
  process.env['ATELIER_TEST_DATA'],
  join(ROOT, '..', 'shared', 'data', 'fashion-mnist'),
])

/** The end of a test's name that says why it is skipped. */
export const NEEDS_REAL_DATA =
  FASHION_MNIST_FOLDER === null ? ' (skipped: set ATELIER_TEST_DATA to the folder of Fashion-MNIST)' : ''

/** Reads a JSON file of PyTorch's numbers from tests/fixtures. */
export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'))
}

const numbers = z.array(z.number())
const table = z.array(numbers)

/** The first values, the sum and the sum of squares of one parameter, in PyTorch's layout. */
const initialParameter = z.object({ shape: numbers, first: numbers, sum: z.number(), sumsq: z.number() })
const lossReference = z.object({ loss: z.number(), grad: table })
const stepReference = z.object({
  step: z.int(),
  loss: z.number(),
  /** Only for the first step. */
  labels_first8: numbers.optional(),
  /** After the first step: the sum of squares of each parameter. */
  param_sumsq: z.record(z.string(), z.number()).optional(),
})

const torchFixtures = z.object({
  mt19937_seed42_first8: numbers,
  rand5_seed42: numbers,
  tinyvgg_init_seed42: z.record(z.string(), initialParameter),
  linear_init_seed42: z.record(z.string(), initialParameter),
  shuffle_seed42_60000: z.array(z.object({ first32: numbers, last8: numbers })),
  'v2_sgd0.1_ce': z.array(stepReference),
  'v2_adam1e-3_ce': z.array(stepReference),
  'v2_sgd0.1_multimargin': z.array(stepReference),
  'v2avg_sgd0.1_ce': z.array(stepReference),
  'v0_sgd0.1_ce': z.array(stepReference),
  losses: z.object({
    logits: table,
    labels: numbers,
    results: z.object({
      cross_entropy: lossReference,
      multi_margin: lossReference,
      nll_on_log_softmax: lossReference,
      nll_on_raw_logits: lossReference,
    }),
  }),
})
export type TorchFixtures = z.infer<typeof torchFixtures>

const epochReference = z.object({
  trainLoss: z.number(),
  trainAccuracy: z.number(),
  testLoss: z.number(),
  testAccuracy: z.number(),
  testCorrect: z.int(),
})
export type EpochReference = z.infer<typeof epochReference>

/** Accuracies are in percent here, as the notebook prints them. */
const torchRuns = z.object({ runs: z.record(z.string(), z.object({ epochs: z.array(epochReference) })) })

const settings = z.object({
  name: z.string(),
  optimizer: z.enum(OPTIMIZER_NAMES),
  loss: z.enum(LOSS_NAMES),
  learningRate: z.number(),
  momentum: z.number().optional(),
  batchSize: z.int(),
  seed: z.int(),
})
const steps = settings.extend({ firstLosses: numbers })
export type TorchSteps = z.infer<typeof steps>
const torchMore = z.object({
  /** Accuracies are fractions here. `lossDifference` is how far float64 is from float32 in PyTorch itself. */
  runs: z.array(
    settings.extend({
      trainImages: z.int().optional(),
      epochs: z.array(epochReference),
      float64: z.object({ lossDifference: z.number() }),
    }),
  ),
  tinyvggVariants: z.array(steps),
  dropout: z.object({ mlp: steps }),
})
export type TorchMore = z.infer<typeof torchMore>

/** From tests/fixtures or, where a machine has it, ../shared/reference; null means: skip, and say so. */
const FIXTURES_FILE = findReference('torch-fixtures.json')
const RUNS_FILE = findReference('torch-runs.json')
const MORE_FILE = findReference('torch-more.json')

export const NEEDS_TORCH_FIXTURES =
  FIXTURES_FILE === null ? ' (skipped: torch-fixtures.json is not on this machine)' : ''
export const NEEDS_TORCH_RUNS = RUNS_FILE === null ? ' (skipped: torch-runs.json is not on this machine)' : ''
export const NEEDS_TORCH_MORE = MORE_FILE === null ? ' (skipped: torch-more.json is not on this machine)' : ''

/** Single steps, initial weights, shuffles and losses of PyTorch. */
export function readTorchFixtures(): TorchFixtures {
  return torchFixtures.parse(readJson(FIXTURES_FILE))
}

/** The epochs of one whole training of PyTorch. */
export function readTorchRun(name: string): readonly EpochReference[] {
  const run = torchRuns.parse(readJson(RUNS_FILE)).runs[name]
  if (run === undefined) throw new Error(`torch-runs.json has no run ${name}`)
  return run.epochs
}

/** More runs of the linear model, first losses of more networks. */
export function readTorchMore(): TorchMore {
  return torchMore.parse(readJson(MORE_FILE))
}

/** The optimizer of a run of torch-more.json as an experiment has it. */
export function optimizerOf({
  optimizer,
  momentum = 0,
}: Pick<TorchMore['runs'][number], 'optimizer' | 'momentum'>) {
  return optimizer === 'adam' ? ({ name: 'adam' } as const) : ({ name: 'sgd', momentum } as const)
}

/** All real images; unpacking them takes half a second. */
export async function readFashionMnist(): Promise<DatasetContent> {
  if (FASHION_MNIST_FOLDER === null) throw new Error(`there is no real data${NEEDS_REAL_DATA}`)
  return readQuartet(await findQuartet(FASHION_MNIST_FOLDER))
}

/** The first `count` images, in the order of the files. */
export function takeFirst({ pixels, labels, ...all }: LabelledImages, count: number): LabelledImages {
  const imageSize = pixels.length / all.count
  return { count, pixels: pixels.subarray(0, count * imageSize), labels: labels.subarray(0, count) }
}

function readJson(path: string | null): unknown {
  if (path === null) throw new Error('the file of PyTorch’s numbers is not on this machine')
  return JSON.parse(readFileSync(path, 'utf8'))
}

function findReference(name: string): string | null {
  return firstThatExists([
    join(import.meta.dirname, 'fixtures', name),
    join(ROOT, '..', 'shared', 'reference', name),
  ])
}

function firstThatExists(paths: readonly (string | undefined)[]): string | null {
  return paths.find((path) => path !== undefined && existsSync(path)) ?? null
}
