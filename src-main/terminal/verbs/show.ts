// atelier show: everything about one run.
import { withReader } from '../open-history.ts'
import { readOne } from '../positionals.ts'
import { flattenRun } from '../run-json.ts'
import { describeEpochs, describeEvaluation, describeRun } from '../run-text.ts'
import { EXIT_DONE, type Verb } from '../verb.ts'

export const showVerb: Verb = {
  name: 'show',
  usage: 'ID',
  summary: 'Show a run: settings, epochs, evaluation, confusion matrix.',
  flags: {},
  async run(input, context) {
    const id = readOne('run id', input)
    const run = await withReader(context, (store) => store.findRun(id))
    const { terminal } = context
    if (terminal.json) {
      terminal.print(JSON.stringify(flattenRun(run)))
      return EXIT_DONE
    }
    const epochs = run.epochs.length === 0 ? [] : ['', ...describeEpochs(run.epochs)]
    const evaluation =
      run.evaluation === null ? [] : ['', ...describeEvaluation(run.evaluation, run.dataset.classNames)]
    for (const line of [...describeRun(run), ...epochs, ...evaluation]) terminal.print(line)
    return EXIT_DONE
  },
}
