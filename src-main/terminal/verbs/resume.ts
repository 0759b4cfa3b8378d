// atelier resume: goes on with a run that was interrupted, cancelled or has failed, to the same bits.
import { COMPUTING_FLAGS, readEngine, readThreads } from '../engine-flag.ts'
import { RunFollower, trainAndTell } from '../follow-run.ts'
import { withBackend } from '../open-history.ts'
import { readOne } from '../positionals.ts'
import type { Verb } from '../verb.ts'

export const resumeVerb: Verb = {
  name: 'resume',
  usage: 'ID',
  summary: 'Go on with an unfinished run from its last finished epoch.',
  flags: COMPUTING_FLAGS,
  async run(input, context) {
    const id = readOne('run id', input)
    const threads = readThreads(input)
    const { terminal, signal } = context
    return withBackend(
      context,
      async (backend) => {
        const run = await backend.store.findRun(id)
        // Only the engine that computed the first epochs gives the same bits.
        const engine = readEngine(input, run.engine?.name ?? 'auto')
        return trainAndTell(backend, run, { engine, threads }, terminal, signal)
      },
      new RunFollower(terminal).announce,
    )
  },
}
