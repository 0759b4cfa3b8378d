// atelier train: one experiment, from flags to a stored run.
import { RunFollower, trainAndTell } from '../follow-run.ts'
import { COMPUTING_FLAGS, readComputing } from '../engine-flag.ts'
import { withBackend } from '../open-history.ts'
import { refusePositionals } from '../positionals.ts'
import { readSettings, SETTING_FLAGS } from '../setting-flags.ts'
import { textFlag } from '../text-flag.ts'
import type { Verb } from '../verb.ts'

export const trainVerb: Verb = {
  name: 'train',
  usage: '[--preset NAME] [settings]',
  summary: 'Train a model and keep the run.',
  flags: {
    ...SETTING_FLAGS,
    ...COMPUTING_FLAGS,
    data: { value: 'DIR', help: 'Use the four IDX files of this folder, without installing them.' },
    name: { value: 'TEXT', help: 'What to call the run.' },
  },
  async run(input, context) {
    refusePositionals(trainVerb, input)
    const computing = readComputing(input)
    const request = {
      settings: readSettings(input),
      dataset: textFlag(input, 'dataset'),
      directory: textFlag(input, 'data'),
      name: textFlag(input, 'name'),
    }
    const { terminal, signal } = context
    const train = async (backend: Parameters<Parameters<typeof withBackend>[1]>[0]): Promise<number> =>
      trainAndTell(backend, await backend.createRun(request), computing, terminal, signal)
    return withBackend(context, train, new RunFollower(terminal).announce)
  },
}
