// atelier runs: the history as a list.
import type { RunSummary } from '#shared/run-list.ts'
import { exactAccuracy } from '#shared/run.ts'
import { decimals, duration, percent } from '../numbers.ts'
import { withReader } from '../open-history.ts'
import { refusePositionals } from '../positionals.ts'
import { flattenSummary } from '../run-json.ts'
import { QUERY_FLAGS, readQuery } from '../run-query-flags.ts'
import { renderTable } from '../text-table.ts'
import { EXIT_DONE, type Verb } from '../verb.ts'

export const runsVerb: Verb = {
  name: 'runs',
  usage: '[filters]',
  summary: 'List runs, the newest first.',
  flags: QUERY_FLAGS,
  async run(input, context) {
    refusePositionals(runsVerb, input)
    const query = readQuery(input)
    const { runs, unreadable } = await withReader(context, (store) => store.listRuns(query))
    const { terminal } = context
    for (const { message } of unreadable) terminal.note(message)
    if (terminal.json) for (const run of runs) terminal.print(JSON.stringify(flattenSummary(run)))
    else if (runs.length === 0) terminal.note('There is no such run. Train one with: atelier train')
    else for (const line of renderTable([HEADER, ...runs.map(cells)], TEXT_COLUMNS)) terminal.print(line)
    return EXIT_DONE
  },
}

const HEADER = [
  ...['Id', 'Name', 'Status', 'Dataset', 'Engine'],
  ...['Seed', 'Epoch', 'Train loss', 'Validation', 'Test', 'Time'],
]
const TEXT_COLUMNS = [0, 1, 2, 3, 4]

function cells(run: RunSummary): string[] {
  const { experiment, lastEpoch, evaluation } = run
  const test = evaluation?.metrics ?? lastEpoch?.test
  return [
    run.id,
    run.starred ? `* ${run.name}` : run.name,
    run.status,
    run.dataset.generated ? `${run.dataset.id} (generated)` : run.dataset.id,
    run.engine ?? '-',
    String(experiment.seed),
    `${lastEpoch?.epoch ?? 0}/${experiment.epochs}`,
    decimals(lastEpoch?.train.loss),
    percent(lastEpoch?.validation && exactAccuracy(lastEpoch.validation)),
    percent(test && exactAccuracy(test)),
    duration(lastEpoch?.elapsedMs ?? null),
  ]
}
