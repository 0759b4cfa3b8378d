// atelier report: runs side by side, or the paper's tables, as a file that anyone can open and print.
import { join, resolve } from 'node:path'
import { Failure } from '#shared/failure.ts'
import { buildTableResults } from '#shared/paper/table-results.ts'
import { chooseTables } from '#shared/paper/tables.ts'
import type { Report } from '#shared/report/report.ts'
import { judgeRuns } from '../../compare.ts'
import { DatasetLibrary } from '../../datasets/dataset-library.ts'
import { buildDescriber } from '../../datasets/describe-dataset.ts'
import { GENERATED_DATASETS } from '../../datasets/generated-datasets.ts'
import { buildTestLabelReader, loadTestLabels } from '../../datasets/test-labels.ts'
import { writeFileAtomically } from '../../files/atomic-write.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { readPaper } from '../../paper/read-paper.ts'
import { buildComparisonReport } from '../../reports/comparison-report.ts'
import { buildPaperReport } from '../../reports/paper-report.ts'
import { writeReportFiles } from '../../reports/report-files.ts'
import { readVersion } from '../../version.ts'
import { refuseOtherFlags } from '../action-flags.ts'
import { withReader } from '../open-history.ts'
import { PAPER_FLAGS, readPaperRequest } from '../paper/paper-flags.ts'
import { readSome } from '../positionals.ts'
import { textFlag } from '../text-flag.ts'
import { type Arguments, type Context, EXIT_DONE, type Verb } from '../verb.ts'

export const reportVerb: Verb = {
  name: 'report',
  usage: 'ID ID… | --paper',
  summary: 'Write runs side by side, or the paper’s tables, as HTML, CSV and LaTeX.',
  flags: {
    paper: { help: 'Report the paper’s tables instead of runs.' },
    baseline: { value: 'ID', help: 'The run that the others are judged against; the first unless told.' },
    to: { value: 'DIR', help: 'The folder to write into; atelier-report here unless told.' },
    ...PAPER_FLAGS,
  },
  async run(input, context) {
    const report = await (input.flags['paper'] === true
      ? reportPaper(input, context)
      : reportRuns(input, context))
    const folder = resolve(textFlag(input, 'to') ?? 'atelier-report')
    await makeFolder(folder)
    for (const { name, text } of writeReportFiles(report)) {
      const file = join(folder, name)
      await writeFileAtomically(file, text)
      context.terminal.print(context.terminal.json ? JSON.stringify({ file }) : file)
    }
    return EXIT_DONE
  },
}

async function reportRuns(input: Arguments, context: Context): Promise<Report> {
  refuseOtherFlags('report', input, ['baseline', 'to'])
  const ids = readSome('run ids', input, 2)
  const named = textFlag(input, 'baseline')
  const library = openLibrary(context)
  const readTestLabels = buildTestLabelReader((dataset) => loadTestLabels(library, dataset))
  return withReader(context, async (store) => {
    const runs = await Promise.all(ids.map((id) => store.findRun(id)))
    const baseline = named === null ? runs[0]?.id : (await store.findRun(named)).id
    const verdicts = await judgeRuns({ store, readTestLabels }, runs, baseline ?? '')
    return buildComparisonReport({ runs, verdicts, ...now() })
  })
}

async function reportPaper(input: Arguments, context: Context): Promise<Report> {
  if (input.positionals.length > 0) {
    throw new Failure('invalid-setting', 'Give run ids or --paper, not both.')
  }
  refuseOtherFlags('report --paper', input, ['paper', 'to', ...Object.keys(PAPER_FLAGS)])
  const request = readPaperRequest(input)
  const describeDataset = buildDescriber(openLibrary(context))
  const state = await withReader(context, (store) => readPaper({ store, describeDataset }, request))
  return buildPaperReport({ tables: buildTableResults(chooseTables(request.tables), state), state, ...now() })
}

function openLibrary({ home }: Context): DatasetLibrary {
  return new DatasetLibrary({ directory: home.datasets, generated: GENERATED_DATASETS })
}

function now(): { readonly version: string; readonly writtenAt: string } {
  return { version: readVersion(), writtenAt: new Date().toISOString() }
}
