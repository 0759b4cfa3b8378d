// A host at the page's border: it implements the contract over runs in memory, and does to them what a test tells it.
// It neither trains nor stores; the real one is tested in tests/main.
import { EventPublisher, implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { contract, type AppEvent, type DatasetSummary, type Settings } from '#shared/contract.ts'
import { Failure } from '#shared/failure.ts'
import type { Queue } from '#shared/queue.ts'
import type { BatchLoss, TrainingProgress } from '#shared/run-events.ts'
import type { Run } from '#shared/run.ts'
import { summarizeRun } from '../../src-renderer/state/summarize-run.ts'
import { answerComparisons } from './fake-comparison-calls.ts'
import { answerPhotos } from './fake-photo-calls.ts'
import { FakePhotos } from './fake-photos.ts'
import { FakeComparisons } from './fake-comparisons.ts'
import { FakeEvaluations } from './fake-evaluations.ts'
import { FakeImages } from './fake-images.ts'
import { FakeInspect } from './fake-inspect.ts'
import { FakePaper } from './fake-paper.ts'
import { FakeQuality } from './fake-quality.ts'
import { makeRuns } from './fake-runs.ts'
import { FakeViews } from './fake-views.ts'

export class FakeHost {
  readonly runs = new Map<string, Run>()
  readonly quality = new FakeQuality()
  readonly evaluations = new FakeEvaluations()
  readonly curves = new Map<string, BatchLoss[]>()
  readonly progress = new Map<string, TrainingProgress>()
  readonly comparisons = new FakeComparisons(this.runs, (event) => this.announce(event))
  images = new FakeImages()
  /** Of its one dataset. */
  datasetHash = '5ac1'.repeat(16)
  readonly inspect = new FakeInspect()
  paper = new FakePaper()
  settings: Settings = { theme: 'system', engine: 'auto', threads: 'automatic' }
  readonly views = new FakeViews((event) => this.announce(event))
  queue: Queue = { current: null, waiting: [], held: false }
  /** Names of the calls that are to be refused with this sentence, such as 'runs.delete'. */
  readonly refusals = new Map<string, string>()
  /** Names of the calls whose answers wait for something. */
  readonly holds = new Map<string, () => Promise<void>>()
  /** Every call that arrived, by name, in order. */
  readonly calls: { name: string; input: unknown }[] = []
  readonly photos = new FakePhotos((event) => this.announce(event))
  readonly #events = new EventPublisher<{ app: AppEvent }>({ maxBufferedEvents: 100_000 })

  constructor(runs: readonly Run[] | number = 0) {
    const list = typeof runs === 'number' ? makeRuns(runs) : runs
    for (const run of list) this.runs.set(run.id, run)
  }

  announce(event: AppEvent): void {
    if (event.type === 'run-changed') this.runs.set(event.run.id, event.run)
    if (event.type === 'queue-changed') this.queue = event.queue
    if (event.type === 'epoch-completed') {
      const run = this.find(event.runId)
      this.runs.set(run.id, { ...run, epochs: [...run.epochs, event.metrics] })
    }
    this.#events.publish('app', event)
  }

  change(runId: string, changes: Partial<Run>): Run {
    const run = { ...this.find(runId), ...changes }
    this.announce({ type: 'run-changed', run })
    return run
  }

  find(runId: string): Run {
    const run = this.runs.get(runId)
    if (run === undefined)
      throw new Failure('not-found', `There is no run ${runId}. It may have been deleted.`)
    return run
  }

  /** A port whose other end this host answers. */
  openPort(): MessagePort {
    return this.openPorts().far
  }

  /** Both ends: the near one is the host's, so that a test can break the wire. */
  openPorts(): { near: MessagePort; far: MessagePort } {
    const { port1, port2 } = new MessageChannel()
    new RPCHandler(this.router()).upgrade(port1)
    port1.start()
    return { near: port1, far: port2 }
  }

  /** Every call is noted, and refused where a test wants it. */
  implement() {
    return implement(contract).use(async ({ next, path, errors }, input) => {
      const name = path.join('.')
      this.calls.push({ name, input })
      const refusal = this.refusals.get(name)
      const data = (error: Failure) => ({ data: { code: error.code, message: error.message } })
      await this.holds.get(name)?.()
      if (refusal !== undefined) throw failures(errors).FAILURE(data(new Failure('conflict', refusal)))
      try {
        return await next()
      } catch (error) {
        if (error instanceof Failure) throw failures(errors).FAILURE(data(error))
        throw error
      }
    })
  }

  router() {
    const host = this.implement()
    const queueOf = (change: Partial<Queue>): Queue => {
      this.announce({ type: 'queue-changed', queue: { ...this.queue, ...change } })
      return this.queue
    }
    const each = (runIds: readonly string[], changes: Partial<Run>): void => {
      for (const runId of runIds) this.runs.set(runId, { ...this.find(runId), ...changes })
    }
    const sketches: DatasetSummary = {
      id: 'sketches',
      state: 'generated',
      name: 'Sketches (generated)',
      hash: this.datasetHash,
      directory: null,
      classNames: [],
      height: 28,
      width: 28,
      channels: 1,
      trainCount: 12_000,
      testCount: 2000,
      bytes: 0,
      note: 'Drawn by a program.',
    }
    return host.router({
      system: {
        read: host.system.read.handler(() => ({
          version: '0.1.0',
          home: '/data/atelier',
          hardware: { processor: 'Example', cores: 8, memoryBytes: 34e9, platform: 'linux x64', gpu: null },
          notices: [],
          dataDirectory: null,
        })),
        checkEngines: host.system.checkEngines.handler(() => [
          { name: 'wasm', starts: true, notice: null, versions: { '@tensorflow/tfjs': '4.22.0' } },
          { name: 'cuda', starts: false, notice: 'Needs CUDA 11.2, which is not here.', versions: {} },
        ]),
      },
      settings: {
        read: host.settings.read.handler(() => this.settings),
        change: host.settings.change.handler(({ input }) => {
          this.settings = { ...this.settings, ...(input as Settings) }
          this.announce({ type: 'settings-changed', settings: this.settings })
          return this.settings
        }),
      },
      datasets: {
        list: host.datasets.list.handler(() => [sketches]),
        add: host.datasets.add.handler(() => sketches),
        addPhotos: host.datasets.addPhotos.handler(() => ({ dataset: sketches, leftOut: [] })),
        download: host.datasets.download.handler(() => sketches),
        cancel: host.datasets.cancel.handler(() => ({})),
        verify: host.datasets.verify.handler(() => ({ hash: this.datasetHash })),
        remove: host.datasets.remove.handler(() => ({})),
      },
      images: this.images.handlers(),
      evaluation: this.evaluations.handlers((event) => this.announce(event)),
      inspect: this.inspect.handlers(this),
      ...this.quality.handlers((event) => this.announce(event)),
      experiments: {
        findDone: host.experiments.findDone.handler(({ input }) => input.experiments.map(() => null)),
        calibrate: host.experiments.calibrate.handler(() => ({
          state: 'unavailable',
          engine: { name: 'cuda' },
          cause: 'absent',
          reason: 'Needs CUDA 11.2, which is not here.',
        })),
      },
      queue: {
        read: host.queue.read.handler(() => this.queue),
        add: host.queue.add.handler(() => ({ runIds: [] })),
        move: host.queue.move.handler(() => this.queue),
        remove: host.queue.remove.handler(({ input }) =>
          queueOf({ waiting: this.queue.waiting.filter(({ runId }) => !input.runIds.includes(runId)) }),
        ),
        hold: host.queue.hold.handler(() => queueOf({ held: true })),
        release: host.queue.release.handler(() => queueOf({ held: false })),
      },
      runs: {
        list: host.runs.list.handler(() => ({
          runs: [...this.runs.values()]
            .filter((run) => run.deletedAt === null)
            .map(summarizeRun)
            .toReversed(),
          unreadable: [],
        })),
        read: host.runs.read.handler(({ input }) => this.find(input.runId)),
        readCurve: host.runs.readCurve.handler(({ input }) => ({
          batchLosses: this.curves.get(input.runId) ?? [],
          progress: this.progress.get(input.runId) ?? null,
        })),
        readLog: host.runs.readLog.handler(({ input }) => [
          { time: this.find(input.runId).createdAt, text: 'Lined up.' },
          { time: this.find(input.runId).createdAt, text: 'Started on wasm, TensorFlow.js 4.22.0.' },
        ]),
        annotate: host.runs.annotate.handler(({ input }) =>
          this.change(input.runId, input.changes as Partial<Run>),
        ),
        annotateAll: host.runs.annotateAll.handler(({ input }) => {
          const { addedTags = [], removedTags = [], ...flags } = input.changes
          const runs = input.runIds.map((runId) => {
            const { name, notes, tags, starred, archived } = this.find(runId)
            const kept = tags.filter((tag) => !removedTags.includes(tag))
            const flagged = { starred: flags.starred ?? starred, archived: flags.archived ?? archived }
            const annotations = { name, notes, tags: [...new Set([...kept, ...addedTags])], ...flagged }
            this.runs.set(runId, { ...this.find(runId), ...annotations })
            return { runId, annotations }
          })
          this.announce({ type: 'runs-annotated', runs })
          return {}
        }),
        readFiles: host.runs.readFiles.handler(({ input }) => ({
          folder: `/data/atelier/runs/${input.runId}`,
          checkpoints: [
            { epoch: 1, file: 'epoch-00001.safetensors', sha256: 'ab'.repeat(32), bytes: 34_000 },
          ],
        })),
        pause: host.runs.pause.handler(({ input }) => (this.change(input.runId, { status: 'paused' }), {})),
        resume: host.runs.resume.handler(
          ({ input }) => (this.change(input.runId, { status: 'running' }), {}),
        ),
        cancel: host.runs.cancel.handler(
          ({ input }) => (this.change(input.runId, { status: 'cancelled' }), {}),
        ),
        extend: host.runs.extend.handler(({ input }) => (this.change(input.runId, { status: 'queued' }), {})),
        delete: host.runs.delete.handler(({ input }) => {
          each(input.runIds, { deletedAt: new Date(0).toISOString() })
          for (const runId of input.runIds) this.announce({ type: 'run-deleted', runId })
          return {}
        }),
        restore: host.runs.restore.handler(({ input }) => {
          for (const runId of input.runIds) this.change(runId, { deletedAt: null })
          return {}
        }),
      },
      photos: answerPhotos(host.photos, this),
      comparisons: answerComparisons(host.comparisons, this),
      exports: {
        readModel: host.exports.readModel.handler(({ input }) => {
          return { name: `model-${input.runId}.${input.format}`, content: 'YXRlbGllcg==' }
        }),
      },
      transfers: {
        exportRuns: host.transfers.exportRuns.handler(({ input }) => {
          return { name: `runs-${input.runIds.join('-')}.zip`, content: 'YXRlbGllcg==' }
        }),
        importRuns: host.transfers.importRuns.handler(() => {
          const [run] = makeRuns(1).map((made) => ({ ...made, id: 'zz00zz00', name: 'From elsewhere' }))
          if (run === undefined) throw new Error('a run is made')
          this.announce({ type: 'run-changed', run })
          return { runs: [run], known: [] }
        }),
      },
      reports: {
        compare: host.reports.compare.handler(() => ({ name: 'comparison.html', html: '<!doctype html>' })),
        paper: host.reports.paper.handler(() => ({ name: 'paper.html', html: '<!doctype html>' })),
      },
      paper: {
        read: host.paper.read.handler(({ input }) => this.paper.read(input)),
        queue: host.paper.queue.handler(() => this.paper.queue()),
      },
      views: {
        read: host.views.read.handler(() => this.views.current),
        arrange: host.views.arrange.handler(({ input }) => this.views.arrange(input.arrangement)),
        save: host.views.save.handler(({ input }) => this.views.save(input.view)),
        remove: host.views.remove.handler(({ input }) => this.views.remove(input.name)),
      },
      events: host.events.handler(({ signal }) =>
        this.#events.subscribe('app', signal === undefined ? {} : { signal }),
      ),
    })
  }
}

/** The middleware is written before oRPC knows which call it stands before. */
function failures(errors: unknown): {
  FAILURE: (options: { data: { code: Failure['code']; message: string } }) => Error
} {
  return errors as ReturnType<typeof failures>
}
