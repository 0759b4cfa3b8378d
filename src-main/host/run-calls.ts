// Calls about runs: the history, and what may be done to a run in the state that it is in.
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'
import { RunDesk } from './run-desk.ts'

export function buildRunCalls(calls: Calls, { backend: { store, home }, queue, announcer }: Host) {
  const desk = new RunDesk(store, queue, announcer.announce)
  return {
    list: calls.runs.list.handler(({ input }) => store.listRuns(input)),
    read: calls.runs.read.handler(({ input }) => store.findRun(input.runId)),
    readCurve: calls.runs.readCurve.handler(({ input }) => desk.readCurve(input.runId)),
    readLog: calls.runs.readLog.handler(async ({ input }) => [...(await store.readLog(input.runId))]),
    annotate: calls.runs.annotate.handler(({ input }) => desk.annotate(input.runId, input.changes)),
    annotateAll: calls.runs.annotateAll.handler(({ input }) =>
      nothingAfter(desk.annotateAll(input.runIds, input.changes)),
    ),
    readFiles: calls.runs.readFiles.handler(async ({ input }) => {
      const { id } = await store.findRun(input.runId)
      return { folder: home.runFolder(id), checkpoints: [...(await store.listCheckpoints(id))] }
    }),
    pause: calls.runs.pause.handler(({ input }) => nothingAfter(desk.pause(input.runId))),
    resume: calls.runs.resume.handler(({ input }) => nothingAfter(desk.resume(input.runId))),
    cancel: calls.runs.cancel.handler(({ input }) => nothingAfter(desk.cancel(input.runId))),
    extend: calls.runs.extend.handler(({ input }) => nothingAfter(desk.extend(input.runId, input.epochs))),
    delete: calls.runs.delete.handler(({ input }) => nothingAfter(desk.delete(input.runIds))),
    restore: calls.runs.restore.handler(({ input }) => nothingAfter(desk.restore(input.runIds))),
  }
}

async function nothingAfter(done: Promise<void>): Promise<Record<string, never>> {
  await done
  return {}
}
