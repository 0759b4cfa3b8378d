// atelier data quality: what is wrong with the images of a dataset, computed once and then kept.
import type { DuplicateGroup, QualityProgress, QualityReport } from '#shared/quality.ts'
import { QUALITY_METHODS } from '#shared/quality.ts'
import {
  describeSource,
  explainDuplicates,
  explainLabel,
  explainOutlier,
  explainPoor,
} from '#shared/quality-words.ts'
import { placeInSplit } from '#shared/images.ts'
import { Failure } from '#shared/failure.ts'
import type { Backend } from '../backend.ts'
import type { FullDescription } from '../datasets/describe-dataset.ts'
import { buildInspectionJob } from '../quality/inspection-job.ts'
import { readReport, reportFileOf } from '../quality/report-file.ts'
import { runInspection } from '../quality/run-inspection.ts'
import { forkTrainer } from '../training/spawn-trainer.ts'
import { duration, grouped, megabytes, percent } from './numbers.ts'
import { readOne } from './positionals.ts'
import { textFlag } from './text-flag.ts'
import { renderTable } from './text-table.ts'
import { readTop } from './top-flag.ts'
import type { Arguments, Context, Flag } from './verb.ts'

const USUAL_TOP = 10

export const QUALITY_FLAGS: Readonly<Record<string, Flag>> = {
  data: { value: 'DIR', help: 'With quality and marks: a folder to use in place, instead of an ID.' },
  run: { value: 'ID', help: 'With quality: let this run judge the labels of what it was not trained on.' },
  again: { help: 'With quality: compute again what is known.' },
  top: { value: 'N', help: `With quality: findings of each kind to print; ${USUAL_TOP} when left out.` },
}

/** Prints the kept report where it fits, and computes it first where it does not. */
export async function inspectData(backend: Backend, input: Arguments, context: Context): Promise<void> {
  const top = readTop(input, USUAL_TOP)
  const source = readSource(input)
  const dataset = await backend.describeDataset(source)
  const wishes = { runId: textFlag(input, 'run'), again: input.flags['again'] === true }
  const job = await buildInspectionJob(backend, dataset, source, wishes)
  const file = reportFileOf(backend.home.quality, dataset.id)
  const kept = wishes.again || wishes.runId !== null ? null : await readReport(file)
  const { terminal, signal } = context
  if (kept === null || !isFresh(kept, dataset)) {
    const tell = (progress: QualityProgress): void => terminal.status(describeProgress(progress))
    await runInspection(forkTrainer, job, tell, signal)
    terminal.status('')
  }
  const report = await readReport(file)
  if (report === null) throw new Failure('invalid-file', `The report ${file} cannot be read. Add --again.`)
  const lines = terminal.json ? jsonLines(report) : textLines(report, dataset, top)
  for (const line of lines) terminal.print(line)
}

/** A dataset of the library by its id, or a folder that is used in place. */
export function readSource(input: Arguments): { readonly id: string; readonly directory: string | null } {
  const directory = textFlag(input, 'data')
  return directory === null ? { id: readOne('dataset id', input), directory } : { id: '', directory }
}

function isFresh({ datasetHash, methods }: QualityReport, { hash }: FullDescription): boolean {
  return datasetHash === hash && methods === QUALITY_METHODS
}

function describeProgress({ stage, share, detail }: QualityProgress): string {
  return `${stage} ${percent(share)}${detail === '' ? '' : `, ${detail}`}`
}

/** First the figures, then every finding, one object a line. */
function jsonLines(report: QualityReport): string[] {
  const { duplicates, labels, outliers, poor, ...rest } = report
  const { findings: issues, ...judged } = labels
  const summary = {
    type: 'quality',
    ...rest,
    duplicates: { found: duplicates.found, limit: duplicates.limit },
    labels: judged,
    outliers: { found: outliers.found, neighbours: outliers.neighbours, typical: outliers.typical },
    poor: { found: poor.found },
  }
  const findings = [
    ...duplicates.findings.map((finding) => ({ type: 'duplicates', ...finding })),
    ...issues.map((finding) => ({ type: 'label', ...finding })),
    ...outliers.findings.map((finding) => ({ type: 'outlier', ...finding })),
    ...poor.findings.map((finding) => ({ type: 'poor', ...finding })),
  ]
  return [summary, ...findings].map((line) => JSON.stringify(line))
}

function textLines(report: QualityReport, dataset: FullDescription, top: number): string[] {
  const { duplicates, labels, outliers, poor, stages, memoryBytes, engine, trainCount } = report
  const { classNames, name } = dataset
  const nameImage = (image: number): string => {
    const { split, index } = placeInSplit(image, trainCount)
    return `${split} ${index}`
  }
  const nameGroup = ({ members }: DuplicateGroup): string =>
    members
      .slice(0, 6)
      .map(({ image }) => nameImage(image))
      .join(', ') + (members.length > 6 ? ` and ${members.length - 6} more` : '')
  const leaks = duplicates.findings.filter((group) => group.leaks).length
  const total = stages.reduce((sum, { ms }) => sum + ms, 0)
  return [
    `${name}, content ${report.datasetHash.slice(0, 12)}, looked through ${report.computedAt}`,
    describeSource(labels.source, labels.covered),
    `The likeliest class is the label for ${percent(labels.agreement)}; estimated wrong labels ${percent(labels.errorShare)}.`,
    '',
    ...section('Duplicates', duplicates.found, `in both splits: ${leaks}`),
    ...rowsOf(duplicates.findings, top, (group) => [nameGroup(group), explainDuplicates(group)]),
    ...section('Likely label errors', labels.found, ''),
    ...rowsOf(labels.findings, top, (finding) => [
      nameImage(finding.image),
      explainLabel(finding, classNames, labels.source),
    ]),
    ...section('Outliers', outliers.found, ''),
    ...rowsOf(outliers.findings, top, (finding) => [
      nameImage(finding.image),
      explainOutlier(finding, classNames, outliers.neighbours),
    ]),
    ...section('Little information', poor.found, ''),
    ...rowsOf(poor.findings, top, (finding) => [nameImage(finding.image), explainPoor(finding)]),
    `Took ${duration(total)} (${stages.map(({ stage, ms }) => `${stage} ${(ms / 1000).toFixed(1)} s`).join(', ')}) ` +
      `with the engine ${engine}, at most ${megabytes(memoryBytes)} of memory.`,
  ]
}

function section(title: string, found: number, more: string): string[] {
  return [`${title}: ${grouped(found)}${more === '' ? '' : `, ${more}`}`]
}

function rowsOf<Finding>(
  findings: readonly Finding[],
  top: number,
  cells: (finding: Finding) => readonly [string, string],
): string[] {
  const rows = findings.slice(0, top).map(cells)
  return rows.length === 0 ? [''] : [...renderTable(rows, [0, 1]).map((line) => `  ${line}`), '']
}
