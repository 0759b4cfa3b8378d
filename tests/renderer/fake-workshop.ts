// The fake host with what the Experiments, Datasets and Settings pages ask for: datasets in every state, engines that
// start and that do not, a queue that can be put in order. It trains nothing.
import { implement } from '@orpc/server'
import { contract, type DatasetSummary } from '#shared/contract.ts'
import type { Calibration } from '#shared/calibration.ts'
import { FASHION_CLASS_NAMES } from '#shared/core/datasets/dataset.ts'
import type { LeftOut } from '#shared/photo-dataset.ts'
import type { EngineChoice } from '#shared/engine.ts'
import type { Experiment } from '#shared/experiment.ts'
import { Failure } from '#shared/failure.ts'
import { FakeHost } from './fake-host.ts'
import { makeRuns } from './fake-runs.ts'

const CLASSES = [...FASHION_CLASS_NAMES]
const SIZES = { classNames: CLASSES, height: 28, width: 28, channels: 1 as const, directory: null }

export const FASHION: DatasetSummary = {
  ...SIZES,
  id: 'fashion-mnist',
  state: 'installed',
  name: 'Fashion-MNIST',
  hash: '3aed'.repeat(16),
  trainCount: 60_000,
  testCount: 10_000,
  bytes: 54_950_000,
  note: 'https://github.com/zalandoresearch/fashion-mnist, MIT, © 2017 Zalando SE, arXiv:1708.07747',
}
export const SKETCHES: DatasetSummary = {
  ...SIZES,
  id: 'sketches',
  state: 'generated',
  name: 'Sketches (generated)',
  hash: '5ac1'.repeat(16),
  trainCount: 6000,
  testCount: 1000,
  bytes: 0,
  note: 'Drawn by a program.',
}
export const AVAILABLE: DatasetSummary = {
  ...FASHION,
  state: 'available',
  hash: null,
  trainCount: 0,
  testCount: 0,
  height: 0,
  width: 0,
  channels: 1,
  classNames: [],
  bytes: 30_878_645,
}
export const DAMAGED: DatasetSummary = {
  ...AVAILABLE,
  id: 'shop-photos',
  state: 'damaged',
  name: 'Shop photographs of the autumn and winter collection 2025, first delivery, without models, cut out',
  bytes: 1_204_000,
  note: 'train-images is 12 bytes shorter than its header says.',
}

/** Milliseconds of a step and of an image, by engine; the others do not start. */
const SPEEDS: Readonly<Partial<Record<EngineChoice, number>>> = {
  auto: 3,
  simd: 3.2,
  native: 4.1,
  wasm: 30,
  cpu: 400,
}

export class FakeWorkshop extends FakeHost {
  datasets: readonly DatasetSummary[] = [FASHION, SKETCHES]
  /** Those that can be downloaded once they are not here any more. */
  known: readonly DatasetSummary[] = []
  /** Of the photos that are added next. */
  leftOut: readonly LeftOut[] = []
  /** Answers whether an experiment was done, with the id of the run. */
  done: (experiment: Experiment) => string | null = () => null
  /** What a call waits for, by its name. */
  readonly pauses = new Map<string, Promise<void>>()

  setDatasets(datasets: readonly DatasetSummary[]): void {
    this.datasets = datasets
    this.announce({ type: 'datasets-changed' })
  }

  override router() {
    const host = implement(contract).use(async ({ next, path, errors }, input) => {
      const name = path.join('.')
      this.calls.push({ name, input })
      await this.pauses.get(name)
      const refusal = this.refusals.get(name)
      if (refusal === undefined) return next()
      const data = { code: 'invalid-file', message: refusal } as const
      throw (errors as { FAILURE: (options: { data: typeof data }) => Error }).FAILURE({ data })
    })
    const find = (id: string): DatasetSummary => {
      const dataset = this.datasets.find((one) => one.id === id)
      if (dataset === undefined) throw new Failure('not-found', `There is no dataset ${id}.`)
      return dataset
    }
    return {
      ...super.router(),
      system: {
        read: super.router().system.read,
        checkEngines: host.system.checkEngines.handler(() => [
          {
            name: 'cuda',
            starts: false,
            notice: 'Needs CUDA 11.2 and cuDNN 8.1, which are not here.',
            versions: {},
          },
          {
            name: 'webgpu',
            starts: false,
            notice: 'No adapter: this machine has no GPU.',
            versions: { webgpu: '0.6.2' },
          },
          { name: 'native', starts: true, notice: null, versions: { '@tensorflow/tfjs-node-gpu': '4.22.0' } },
          {
            name: 'wasm',
            starts: true,
            notice: null,
            versions: { '@tensorflow/tfjs-backend-wasm': '4.22.0' },
          },
          { name: 'cpu', starts: true, notice: 'About a hundred times slower than wasm.', versions: {} },
        ]),
      },
      datasets: {
        list: host.datasets.list.handler(() => [...this.datasets]),
        add: host.datasets.add.handler(({ input }) => {
          const added = { ...FASHION, id: input.id ?? 'added', name: input.name ?? 'Added' }
          this.setDatasets([...this.datasets.filter(({ id }) => id !== added.id), added])
          return added
        }),
        addPhotos: host.datasets.addPhotos.handler(({ input }) => {
          const made = { height: 64, width: 64, channels: 3 as const, classNames: ['Cups', 'Spoons'] }
          const dataset = { ...FASHION, ...made, id: input.id ?? 'photos', name: input.name ?? 'Photos' }
          this.setDatasets([...this.datasets, dataset])
          return { dataset, leftOut: [...this.leftOut] }
        }),
        download: host.datasets.download.handler(({ input }) => {
          this.setDatasets(this.datasets.map((one) => (one.id === input.id ? FASHION : one)))
          return FASHION
        }),
        cancel: host.datasets.cancel.handler(() => ({})),
        verify: host.datasets.verify.handler(({ input }) => ({ hash: find(input.id).hash ?? '' })),
        remove: host.datasets.remove.handler(({ input }) => {
          const others = this.datasets.filter(({ id }) => id !== input.id)
          this.setDatasets([...others, ...this.known.filter(({ id }) => id === input.id)])
          return {}
        }),
      },
      experiments: {
        findDone: host.experiments.findDone.handler(({ input }) =>
          input.experiments.map((one) => this.done(one)),
        ),
        calibrate: host.experiments.calibrate.handler(({ input }) => measure(input.engine, input.experiment)),
      },
      queue: {
        read: host.queue.read.handler(() => this.queue),
        add: host.queue.add.handler(({ input }) => {
          const made = makeRuns(this.runs.size + input.requests.length).slice(this.runs.size)
          const runIds = input.requests.map(({ name, experiment, tags }, index) => {
            const base = made[index]
            if (base === undefined) throw new Error('a run for every request was made')
            const run = {
              ...base,
              name: name ?? experiment.model.name,
              experiment,
              tags,
              status: 'queued' as const,
            }
            const dataset = { ...run.dataset, id: experiment.dataset, directory: null }
            this.announce({ type: 'run-changed', run: { ...run, dataset, epochs: [], evaluation: null } })
            return run.id
          })
          const waiting = [...this.queue.waiting, ...runIds.map((runId) => ({ runId, engine: input.engine }))]
          this.announce({ type: 'queue-changed', queue: { ...this.queue, waiting } })
          return { runIds }
        }),
        move: host.queue.move.handler(({ input }) => {
          const moved = this.queue.waiting.filter(({ runId }) => runId === input.runId)
          const others = this.queue.waiting.filter(({ runId }) => runId !== input.runId)
          const waiting = others.toSpliced(input.place, 0, ...moved)
          this.announce({ type: 'queue-changed', queue: { ...this.queue, waiting } })
          return this.queue
        }),
        remove: super.router().queue.remove,
        hold: super.router().queue.hold,
        release: super.router().queue.release,
      },
    }
  }
}

function measure(engine: EngineChoice, { model, batchSize }: Experiment): Calibration {
  const speed = SPEEDS[engine]
  if (speed === undefined) {
    return {
      state: 'unavailable',
      engine: { name: engine },
      cause: 'absent',
      reason: 'needs CUDA 11.2, which is not on this machine.',
    }
  }
  const stepMs = (speed * batchSize * (model.name === 'tiny-vgg' ? 1 : 0.2)) / 32
  return {
    state: 'measured',
    engine: {
      name: engine === 'auto' ? 'simd' : engine,
      backend: 'fake',
      versions: {},
      threads: 2,
      gpu: null,
      notice: null,
    },
    stepMs,
    imageMs: stepMs / batchSize / 3,
    trainImagesPerSecond: (1000 * batchSize) / stepMs,
  }
}
