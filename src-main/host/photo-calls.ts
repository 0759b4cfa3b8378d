// Calls about photos.
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'
import { adaptToPhotos, foreseeAdaptation } from './photo-adaptation.ts'

export function buildPhotoCalls(calls: Calls, host: Host) {
  const { photos: os } = calls
  const { desk, closeup, exports, samples } = host.photos
  return {
    listJudges: os.listJudges.handler(() => desk.listJudges()),
    listSamples: os.listSamples.handler(() => samples.list()),
    readThresholds: os.readThresholds.handler(({ input }) => desk.readThresholds(input.runId)),
    readSettings: os.readSettings.handler(() => desk.readSettings()),
    upload: os.upload.handler(({ input }) => desk.upload(input)),
    classify: os.classify.handler(({ input }) => desk.classify(input)),
    classifyAgain: os.classifyAgain.handler(({ input }) =>
      desk.classifyAgain(input.batchId, input.runIds, input.settings),
    ),
    changeThresholds: os.changeThresholds.handler(({ input }) =>
      closeup.changeThresholds(input.batchId, input.thresholds),
    ),
    cancel: os.cancel.handler(async ({ input }) => {
      await desk.cancel(input.batchId)
      return {}
    }),
    resume: os.resume.handler(async ({ input }) => {
      await desk.resume(input.batchId)
      return {}
    }),
    listBatches: os.listBatches.handler(() => desk.listBatches()),
    readBatch: os.readBatch.handler(({ input }) => desk.readBatch(input.batchId)),
    deleteBatch: os.deleteBatch.handler(async ({ input }) => {
      await desk.deleteBatch(input.batchId)
      return {}
    }),
    listPhotos: os.listPhotos.handler(({ input }) => desk.listPhotos(input)),
    listNumbers: os.listNumbers.handler(({ input }) => desk.listNumbers(input)),
    readPhoto: os.readPhoto.handler(({ input }) => closeup.readPhoto(input.batchId, input.number)),
    prepareAgain: os.prepareAgain.handler(({ input }) =>
      closeup.prepareAgain(input.batchId, input.number, input.settings, input.edit),
    ),
    explain: os.explain.handler(({ input }) => closeup.explain(input.batchId, input.number, input.runId)),
    correct: os.correct.handler(({ input }) => desk.correct(input.batchId, input.numbers, input.label)),
    undoCorrection: os.undoCorrection.handler(({ input }) => desk.undoCorrection(input.batchId)),
    evaluate: os.evaluate.handler(({ input }) => exports.evaluate(input.batchId, input.runIds)),
    exportResults: os.exportResults.handler(({ input }) =>
      exports.exportResults(input.batchId, input.format),
    ),
    exportLabelled: os.exportLabelled.handler(({ input, signal }) =>
      exports.exportLabelled(input.batchId, input.folder, input.format, signal),
    ),
    adapt: os.adapt.handler(async ({ input }) => ({
      runId: await adaptToPhotos(host, input.runId, input.batchIds),
    })),
    foreseeAdaptation: os.foreseeAdaptation.handler(({ input }) =>
      foreseeAdaptation(host.backend.store, input.runId, input.batchIds),
    ),
    readGain: os.readGain.handler(({ input }) => host.backend.store.readGain(input.runId)),
    sort: os.sort.handler(({ input, signal }) =>
      exports.sort(input.batchId, input.folder, input.runId, input.by, signal),
    ),
  }
}
