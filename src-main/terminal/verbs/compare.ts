// atelier compare: runs side by side; of the settings only those that differ, and what may be claimed of them.
import { judgeRuns } from '../../compare.ts'
import { DatasetLibrary } from '../../datasets/dataset-library.ts'
import { GENERATED_DATASETS } from '../../datasets/generated-datasets.ts'
import { buildTestLabelReader, loadTestLabels } from '../../datasets/test-labels.ts'
import { compareRows, verdictLines, warnings } from '../compare-rows.ts'
import { withReader } from '../open-history.ts'
import { readSome } from '../positionals.ts'
import { flattenRun } from '../run-json.ts'
import { textFlag } from '../text-flag.ts'
import { renderTable } from '../text-table.ts'
import { EXIT_DONE, type Verb } from '../verb.ts'

export const compareVerb: Verb = {
  name: 'compare',
  usage: 'ID ID…',
  summary: 'Show runs side by side: what differs, and whether it means anything.',
  flags: {
    baseline: { value: 'ID', help: 'The run that the others are judged against; the first unless told.' },
  },
  async run(input, context) {
    const ids = readSome('run ids', input, 2)
    const named = textFlag(input, 'baseline')
    const { runs, verdicts } = await withReader(context, async (store) => {
      const found = await Promise.all(ids.map((id) => store.findRun(id)))
      const baseline = named === null ? found[0]?.id : (await store.findRun(named)).id
      const library = new DatasetLibrary({
        directory: context.home.datasets,
        generated: GENERATED_DATASETS,
      })
      const readTestLabels = buildTestLabelReader((dataset) => loadTestLabels(library, dataset))
      const judged = await judgeRuns({ store, readTestLabels }, found, baseline ?? '')
      return { runs: found, verdicts: judged }
    })
    const { terminal } = context
    if (terminal.json) {
      for (const run of runs) terminal.print(JSON.stringify(flattenRun(run)))
      terminal.print(JSON.stringify({ verdicts }))
    } else {
      for (const line of renderTable(compareRows(runs, verdicts))) terminal.print(line)
      terminal.print('')
      for (const line of verdictLines(runs, verdicts)) terminal.print(line)
    }
    for (const warning of warnings(runs)) terminal.note(warning)
    return EXIT_DONE
  },
}
