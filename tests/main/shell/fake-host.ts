// A host whose router has every call of the contract and counts which of them were reached; a few answer.
import { implement } from '@orpc/server'
import { type AppEvent, contract, type Settings } from '#shared/contract.ts'
import type { Queue } from '#shared/queue.ts'
import { Announcer } from '#main/host/announcer.ts'
import type { ShellHost } from '#main/shell/shell-host.ts'

export interface FakeHost extends ShellHost {
  /** Names of the calls that arrived, in order. */
  readonly reached: string[]
  readonly announcer: Announcer
  readonly announce: (event: AppEvent) => void
  isClosed: boolean
}

const IDLE: Queue = { current: null, waiting: [], held: false }

export function buildFakeHost(queue: Queue = IDLE): FakeHost {
  const reached: string[] = []
  const announcer = new Announcer()
  let settings: Settings = { theme: 'system', engine: 'auto', threads: 'automatic' }
  const os = implement(contract)
  const reach = (name: string): void => void reached.push(name)
  const refuse = (name: string) => (): never => {
    reach(name)
    throw new Error(`${name} does not answer in this test`)
  }
  const { system, datasets, images, inspect, experiments, photos, paper, comparisons, runs } = os
  const router = os.router({
    system: {
      read: system.read.handler(refuse('system.read')),
      checkEngines: system.checkEngines.handler(refuse('system.checkEngines')),
    },
    settings: {
      read: os.settings.read.handler(() => settings),
      change: os.settings.change.handler(({ input }) => {
        reach('settings.change')
        settings = {
          theme: input.theme ?? settings.theme,
          engine: input.engine ?? settings.engine,
          threads: input.threads ?? settings.threads,
        }
        announcer.announce({ type: 'settings-changed', settings })
        return settings
      }),
    },
    datasets: {
      list: datasets.list.handler(refuse('datasets.list')),
      add: datasets.add.handler(refuse('datasets.add')),
      download: datasets.download.handler(refuse('datasets.download')),
      cancel: datasets.cancel.handler(refuse('datasets.cancel')),
      verify: datasets.verify.handler(refuse('datasets.verify')),
      remove: datasets.remove.handler(refuse('datasets.remove')),
    },
    inspect: {
      look: inspect.look.handler(refuse('inspect.look')),
      readWeights: inspect.readWeights.handler(refuse('inspect.readWeights')),
      gradCam: inspect.gradCam.handler(refuse('inspect.gradCam')),
      occlude: inspect.occlude.handler(refuse('inspect.occlude')),
    },
    comparisons: {
      read: comparisons.read.handler(refuse('comparisons.read')),
      judge: comparisons.judge.handler(refuse('comparisons.judge')),
      contrast: comparisons.contrast.handler(refuse('comparisons.contrast')),
      list: comparisons.list.handler(refuse('comparisons.list')),
      save: comparisons.save.handler(refuse('comparisons.save')),
      change: comparisons.change.handler(refuse('comparisons.change')),
      delete: comparisons.delete.handler(refuse('comparisons.delete')),
      restore: comparisons.restore.handler(refuse('comparisons.restore')),
    },
    exports: { readModel: os.exports.readModel.handler(refuse('exports.readModel')) },
    transfers: {
      exportRuns: os.transfers.exportRuns.handler(refuse('transfers.exportRuns')),
      importRuns: os.transfers.importRuns.handler(refuse('transfers.importRuns')),
    },
    reports: {
      compare: os.reports.compare.handler(refuse('reports.compare')),
      paper: os.reports.paper.handler(refuse('reports.paper')),
    },
    paper: {
      read: paper.read.handler(refuse('paper.read')),
      queue: paper.queue.handler(refuse('paper.queue')),
    },
    photos: {
      listJudges: photos.listJudges.handler(refuse('photos.listJudges')),
      listSamples: photos.listSamples.handler(refuse('photos.listSamples')),
      readThresholds: photos.readThresholds.handler(refuse('photos.readThresholds')),
      readSettings: photos.readSettings.handler(refuse('photos.readSettings')),
      upload: photos.upload.handler(refuse('photos.upload')),
      classify: photos.classify.handler(refuse('photos.classify')),
      classifyAgain: photos.classifyAgain.handler(refuse('photos.classifyAgain')),
      changeThresholds: photos.changeThresholds.handler(refuse('photos.changeThresholds')),
      cancel: photos.cancel.handler(refuse('photos.cancel')),
      resume: photos.resume.handler(refuse('photos.resume')),
      listBatches: photos.listBatches.handler(refuse('photos.listBatches')),
      readBatch: photos.readBatch.handler(refuse('photos.readBatch')),
      deleteBatch: photos.deleteBatch.handler(refuse('photos.deleteBatch')),
      listPhotos: photos.listPhotos.handler(refuse('photos.listPhotos')),
      listNumbers: photos.listNumbers.handler(refuse('photos.listNumbers')),
      readPhoto: photos.readPhoto.handler(refuse('photos.readPhoto')),
      prepareAgain: photos.prepareAgain.handler(refuse('photos.prepareAgain')),
      explain: photos.explain.handler(refuse('photos.explain')),
      correct: photos.correct.handler(refuse('photos.correct')),
      undoCorrection: photos.undoCorrection.handler(refuse('photos.undoCorrection')),
      evaluate: photos.evaluate.handler(refuse('photos.evaluate')),
      exportResults: photos.exportResults.handler(refuse('photos.exportResults')),
      exportLabelled: photos.exportLabelled.handler(refuse('photos.exportLabelled')),
      sort: photos.sort.handler(refuse('photos.sort')),
      adapt: photos.adapt.handler(refuse('photos.adapt')),
      foreseeAdaptation: photos.foreseeAdaptation.handler(refuse('photos.foreseeAdaptation')),
      readGain: photos.readGain.handler(refuse('photos.readGain')),
    },
    images: {
      describe: images.describe.handler(refuse('images.describe')),
      readSheet: images.readSheet.handler(refuse('images.readSheet')),
      readLabels: images.readLabels.handler(refuse('images.readLabels')),
      readPredictions: images.readPredictions.handler(refuse('images.readPredictions')),
      select: images.select.handler(refuse('images.select')),
      countFacets: images.countFacets.handler(refuse('images.countFacets')),
      readStatistics: images.readStatistics.handler(refuse('images.readStatistics')),
      readClassImages: images.readClassImages.handler(refuse('images.readClassImages')),
      findNeighbours: images.findNeighbours.handler(refuse('images.findNeighbours')),
    },
    quality: {
      read: os.quality.read.handler(refuse('quality.read')),
      readFindings: os.quality.readFindings.handler(refuse('quality.readFindings')),
      compute: os.quality.compute.handler(refuse('quality.compute')),
      cancel: os.quality.cancel.handler(refuse('quality.cancel')),
    },
    evaluation: {
      read: os.evaluation.read.handler(refuse('evaluation.read')),
      measure: os.evaluation.measure.handler(refuse('evaluation.measure')),
      cancel: os.evaluation.cancel.handler(refuse('evaluation.cancel')),
    },
    marks: {
      read: os.marks.read.handler(refuse('marks.read')),
      change: os.marks.change.handler(refuse('marks.change')),
      undo: os.marks.undo.handler(refuse('marks.undo')),
      redo: os.marks.redo.handler(refuse('marks.redo')),
      write: os.marks.write.handler(refuse('marks.write')),
      import: os.marks.import.handler(refuse('marks.import')),
      count: os.marks.count.handler(refuse('marks.count')),
      readSet: os.marks.readSet.handler(refuse('marks.readSet')),
    },
    experiments: {
      findDone: experiments.findDone.handler(refuse('experiments.findDone')),
      calibrate: experiments.calibrate.handler(refuse('experiments.calibrate')),
    },
    queue: {
      read: os.queue.read.handler(() => queue),
      add: os.queue.add.handler(refuse('queue.add')),
      move: os.queue.move.handler(refuse('queue.move')),
      remove: os.queue.remove.handler(refuse('queue.remove')),
      hold: os.queue.hold.handler(refuse('queue.hold')),
      release: os.queue.release.handler(refuse('queue.release')),
    },
    runs: {
      list: runs.list.handler(refuse('runs.list')),
      read: runs.read.handler(refuse('runs.read')),
      readCurve: runs.readCurve.handler(refuse('runs.readCurve')),
      readLog: runs.readLog.handler(refuse('runs.readLog')),
      annotate: runs.annotate.handler(refuse('runs.annotate')),
      annotateAll: runs.annotateAll.handler(refuse('runs.annotateAll')),
      readFiles: runs.readFiles.handler(refuse('runs.readFiles')),
      pause: runs.pause.handler(refuse('runs.pause')),
      resume: runs.resume.handler(refuse('runs.resume')),
      cancel: runs.cancel.handler(refuse('runs.cancel')),
      extend: runs.extend.handler(refuse('runs.extend')),
      delete: runs.delete.handler(refuse('runs.delete')),
      restore: runs.restore.handler(refuse('runs.restore')),
    },
    views: {
      read: os.views.read.handler(refuse('views.read')),
      arrange: os.views.arrange.handler(refuse('views.arrange')),
      save: os.views.save.handler(refuse('views.save')),
      remove: os.views.remove.handler(refuse('views.remove')),
    },
    events: os.events.handler(({ signal }) => announcer.read(signal ?? new AbortController().signal)),
  })
  const host: FakeHost = {
    router,
    reached,
    announcer,
    announce: announcer.announce,
    isClosed: false,
    close() {
      host.isClosed = true
      announcer.close()
      return Promise.resolve()
    },
  }
  return host
}
