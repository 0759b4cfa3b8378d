// Calls about photos.
import { Failure } from '#shared/failure.ts'
import type { Calls } from './calls.ts'

export function buildPhotoCalls({ photos }: Calls) {
  return {
    listJudges: photos.listJudges.handler(refuse),
    listSamples: photos.listSamples.handler(refuse),
    readSettings: photos.readSettings.handler(refuse),
    upload: photos.upload.handler(refuse),
    classify: photos.classify.handler(refuse),
    classifyAgain: photos.classifyAgain.handler(refuse),
    changeThresholds: photos.changeThresholds.handler(refuse),
    cancel: photos.cancel.handler(refuse),
    resume: photos.resume.handler(refuse),
    listBatches: photos.listBatches.handler(refuse),
    readBatch: photos.readBatch.handler(refuse),
    deleteBatch: photos.deleteBatch.handler(refuse),
    listPhotos: photos.listPhotos.handler(refuse),
    readPhoto: photos.readPhoto.handler(refuse),
    prepareAgain: photos.prepareAgain.handler(refuse),
    explain: photos.explain.handler(refuse),
    correct: photos.correct.handler(refuse),
    undoCorrection: photos.undoCorrection.handler(refuse),
    evaluate: photos.evaluate.handler(refuse),
    exportResults: photos.exportResults.handler(refuse),
    exportLabelled: photos.exportLabelled.handler(refuse),
    sort: photos.sort.handler(refuse),
    adapt: photos.adapt.handler(refuse),
  }
}

function refuse(): never {
  throw new Failure('unavailable', 'Photos cannot be classified in this version yet.')
}
