// atelier delete and atelier restore: a deleted run is hidden, and comes back whole.
import type { Run } from '#shared/run.ts'
import type { Store } from '../../store/open-store.ts'
import { withBackend } from '../open-history.ts'
import { readSome } from '../positionals.ts'
import { EXIT_DONE, type Verb } from '../verb.ts'

export const deleteVerb = verbOnRuns('delete', 'Hide runs; "restore" brings them back.', {
  done: 'deleted',
  change: (store, { id }) => store.deleteRun(id),
  tell: ({ id, name }) => `Deleted ${id} (${name}). Bring it back with: atelier restore ${id}`,
})

export const restoreVerb = verbOnRuns('restore', 'Bring deleted runs back.', {
  done: 'restored',
  change: (store, { id }) => store.restoreRun(id),
  tell: ({ id, name }) => `Restored ${id} (${name}).`,
})

interface Change {
  readonly done: string
  readonly change: (store: Store, run: Run) => Promise<void>
  readonly tell: (run: Run) => string
}

/** All ids are looked up before the first run is changed. */
function verbOnRuns(name: string, summary: string, { done, change, tell }: Change): Verb {
  return {
    name,
    usage: 'ID…',
    summary,
    flags: {},
    async run(input, context) {
      const ids = readSome('run id', input)
      const { terminal } = context
      await withBackend(context, async ({ store }) => {
        const runs = await Promise.all(ids.map((id) => store.findRun(id)))
        for (const run of runs) {
          await change(store, run)
          terminal.print(terminal.json ? JSON.stringify({ type: done, id: run.id }) : tell(run))
        }
      })
      return EXIT_DONE
    },
  }
}
