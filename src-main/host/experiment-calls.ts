// Calls about experiments that are not runs yet: were they done before, and what will they cost?
import type { Calls } from './calls.ts'
import { findDone } from './find-done.ts'
import type { Host } from './host.ts'

export function buildExperimentCalls({ experiments }: Calls, { backend, calibrations, settings }: Host) {
  return {
    findDone: experiments.findDone.handler(({ input }) =>
      findDone(backend, input.experiments, input.directory),
    ),
    calibrate: experiments.calibrate.handler(async ({ input: { experiment, engine, directory } }) => {
      const dataset = await backend.describeDataset({ id: experiment.dataset, directory })
      const { threads } = await settings.read()
      return calibrations.calibrate(experiment, engine, dataset, threads)
    }),
  }
}
