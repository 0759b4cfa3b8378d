// The calls about photos as the fake host answers them.
import type { FakeHost } from './fake-host.ts'
import { describeJudge, FAKE_SAMPLES, FAKE_THRESHOLDS } from './fake-photos.ts'

type PhotoImplementer = ReturnType<FakeHost['implement']>['photos']

export function answerPhotos(os: PhotoImplementer, fake: FakeHost) {
  const { photos } = fake
  return {
    listJudges: os.listJudges.handler(() =>
      [...fake.runs.values()]
        .filter(({ status }) => status === 'completed')
        .map((run) => ({ ...describeJudge(run), thresholds: FAKE_THRESHOLDS, problem: photos.judgeProblem })),
    ),
    listSamples: os.listSamples.handler(() => FAKE_SAMPLES),
    readThresholds: os.readThresholds.handler(() => FAKE_THRESHOLDS),
    readSettings: os.readSettings.handler(() => photos.settings),
    upload: os.upload.handler(({ input }) => photos.upload(input)),
    classify: os.classify.handler(({ input }) => {
      const { paths, uploads } = input.sources
      const names = uploads.map((id) => photos.uploads.get(id)?.name ?? id)
      const files = [...paths.map((path) => path.split('/').at(-1) ?? path), ...names]
      const runs = input.runIds.map((runId) => fake.find(runId))
      return photos.add(files, runs, input.settings ?? photos.settings)
    }),
    classifyAgain: os.classifyAgain.handler(({ input }) => {
      const files = (photos.rows.get(input.batchId) ?? []).map(({ file }) => file)
      const runs = input.runIds.map((runId) => fake.find(runId))
      return photos.add(files, runs, input.settings)
    }),
    changeThresholds: os.changeThresholds.handler(({ input }) =>
      photos.change(input.batchId, { thresholds: input.thresholds }),
    ),
    cancel: os.cancel.handler(({ input }) => (photos.change(input.batchId, { status: 'cancelled' }), {})),
    resume: os.resume.handler(({ input }) => (photos.change(input.batchId, { status: 'running' }), {})),
    listBatches: os.listBatches.handler(() => [...photos.batches.values()]),
    readBatch: os.readBatch.handler(({ input }) => photos.find(input.batchId)),
    deleteBatch: os.deleteBatch.handler(({ input }) => (photos.remove(input.batchId), {})),
    listPhotos: os.listPhotos.handler(({ input }) => photos.list(input)),
    listNumbers: os.listNumbers.handler(({ input }) => photos.listNumbers(input)),
    readPhoto: os.readPhoto.handler(({ input }) => photos.detail(input.batchId, input.number)),
    prepareAgain: os.prepareAgain.handler(({ input }) =>
      photos.detail(input.batchId, input.number, input.settings, input.edit),
    ),
    explain: os.explain.handler(() => ({
      ...{ width: 28, height: 28 },
      values: Array.from({ length: 784 }, (_, index) => Math.sin(index / 40) / 2),
    })),
    correct: os.correct.handler(({ input }) => photos.correct(input.batchId, input.numbers, input.label)),
    undoCorrection: os.undoCorrection.handler(({ input }) => photos.undo(input.batchId)),
    evaluate: os.evaluate.handler(({ input }) =>
      photos.evaluate(
        input.batchId,
        input.runIds.map((runId) => fake.find(runId)),
      ),
    ),
    exportResults: os.exportResults.handler(({ input }) => ({
      ...{ name: `photos.${input.format}`, text: input.format === 'csv' ? 'file,label\n' : '[]' },
    })),
    exportLabelled: os.exportLabelled.handler(({ input }) => ({
      ...{ path: input.folder, count: 3, leftOut: [] },
    })),
    sort: os.sort.handler(({ input }) => ({
      ...{ path: input.folder, count: 3, leftOut: [{ file: 'broken.jpg', reason: 'It was refused.' }] },
    })),
    adapt: os.adapt.handler(({ input }) => ({ runId: input.runId })),
    foreseeAdaptation: os.foreseeAdaptation.handler(({ input }) => photos.foreseeAdaptation(input.batchIds)),
    readGain: os.readGain.handler(() => photos.gain),
  }
}
