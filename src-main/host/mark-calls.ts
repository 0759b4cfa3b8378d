// Calls about marks.
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildMarkCalls({ marks }: Calls, { marks: desk }: Host) {
  return {
    read: marks.read.handler(({ input }) => desk.read(input)),
    change: marks.change.handler(({ input: { marks: changed, text, ...source } }) =>
      desk.change(source, changed, text),
    ),
    undo: marks.undo.handler(({ input }) => desk.reverse(input, 'undo')),
    redo: marks.redo.handler(({ input }) => desk.reverse(input, 'redo')),
    write: marks.write.handler(({ input: { format, ...source } }) => desk.write(source, format)),
    import: marks.import.handler(({ input: { text, ...source } }) => desk.import(source, text)),
    count: marks.count.handler(({ input: { set, ...source } }) => desk.count(source, set)),
    readSet: marks.readSet.handler(async ({ input: { hash, datasetHash } }) => {
      const { excluded, corrected } = await desk.readSet(hash, datasetHash)
      return { excluded, corrected: corrected.map(([image, label]) => ({ image, label })) }
    }),
  }
}
