// Calls about the queue.
import type { RunRequest as ContractRequest } from '#shared/contract.ts'
import type { RunRequest } from '../prepare-runs.ts'
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildQueueCalls(calls: Calls, { backend, queue }: Host) {
  return {
    read: calls.queue.read.handler(() => queue.read()),
    add: calls.queue.add.handler(async ({ input: { requests, engine } }) => {
      const runs = await backend.prepareRuns(requests.map(toRequest))
      return { runIds: [...(await queue.add(runs, engine))] }
    }),
    move: calls.queue.move.handler(async ({ input: { runId, place } }) => {
      await queue.move(runId, place)
      return queue.read()
    }),
    remove: calls.queue.remove.handler(async ({ input: { runIds } }) => {
      await queue.withdraw(runIds)
      return queue.read()
    }),
    hold: calls.queue.hold.handler(async () => {
      await queue.setHeld(true)
      return queue.read()
    }),
    release: calls.queue.release.handler(async () => {
      await queue.setHeld(false)
      return queue.read()
    }),
  }
}

function toRequest({ name, experiment, directory, tags }: ContractRequest): RunRequest {
  const { dataset, ...settings } = experiment
  return { settings, dataset: directory === null ? dataset : null, directory, name, tags }
}
