// Runs as text for people: epochs, evaluation, confusion matrix.
import { type EpochMetrics, type Evaluation, exactAccuracy, type Run } from '#shared/run.ts'
import { usesMarks } from '#shared/marks.ts'
import { decimals, duration, grouped, percent } from './numbers.ts'
import { renderTable } from './text-table.ts'

const EPOCH_HEADER = [
  'Epoch',
  'Train loss',
  'Train accuracy',
  'Validation loss',
  'Validation accuracy',
  'Test loss',
  'Test accuracy',
  'Time',
  'Images/s',
]

/** A table of all epochs; columns of splits that were never measured are left out. */
export function describeEpochs(epochs: readonly EpochMetrics[]): string[] {
  const rows = [EPOCH_HEADER, ...epochs.map(epochCells)]
  const kept = EPOCH_HEADER.map((_, column) => rows.slice(1).some((row) => row[column] !== '-'))
  return renderTable(rows.map((row) => row.filter((_, column) => kept[column])))
}

function epochCells({ epoch, train, validation, test, elapsedMs, imagesPerSecond }: EpochMetrics): string[] {
  const splits = [train, validation, test].flatMap((split) => [
    decimals(split?.loss),
    percent(split && exactAccuracy(split)),
  ])
  return [String(epoch), ...splits, duration(elapsedMs), grouped(imagesPerSecond)]
}

/** One epoch as a line, for logs. */
export function describeEpoch(metrics: EpochMetrics, epochs: number): string {
  const parts = (['train', 'validation', 'test'] as const).flatMap((name) => {
    const split = metrics[name]
    return split === null
      ? []
      : [`${name} loss ${decimals(split.loss)} accuracy ${percent(exactAccuracy(split))}`]
  })
  const pace = `${duration(metrics.elapsedMs)}, ${grouped(metrics.imagesPerSecond)} images/s`
  return [`Epoch ${metrics.epoch}/${epochs}`, ...parts, pace].join('  ')
}

/** Headline, per-class scores and confusion matrix. */
export function describeEvaluation(evaluation: Evaluation, classNames: readonly string[]): string[] {
  const { split, metrics, top5Accuracy } = evaluation
  const exact = percent(exactAccuracy(metrics))
  return [
    `${split === 'test' ? 'Test' : 'Validation'}: loss ${decimals(metrics.loss)}, accuracy ${percent(metrics.accuracy)} ` +
      `as the paper averages; exactly ${grouped(metrics.correct)} of ${grouped(metrics.count)} (${exact}), ` +
      `top 5 ${percent(top5Accuracy)}.`,
    '',
    ...describeClasses(evaluation, classNames),
    '',
    'Confusion matrix (rows are the truth, columns the prediction, counts):',
    ...describeConfusions(evaluation.confusionMatrix, classNames),
  ]
}

function describeClasses({ classScores }: Evaluation, classNames: readonly string[]): string[] {
  const rows = classScores.map(({ precision, recall, f1, support }, label) => [
    classNames[label] ?? String(label),
    percent(precision),
    percent(recall),
    percent(f1),
    grouped(support),
  ])
  return renderTable([['Class', 'Precision', 'Recall', 'F1', 'Images'], ...rows])
}

function describeConfusions(matrix: readonly (readonly number[])[], classNames: readonly string[]): string[] {
  const short = classNames.map((name) => name.slice(0, 8))
  const rows = matrix.map((row, label) => [classNames[label] ?? String(label), ...row.map(String)])
  return renderTable([['', ...short], ...rows])
}

/** Settings and circumstances of a run. */
export function describeRun(run: Run): string[] {
  const { experiment, dataset, engine, hardware } = run
  const { model, optimizer } = experiment
  const lines: (readonly [string, string])[] = [
    ['Run', `${run.id}  ${run.name}`],
    ['Status', run.reason === null ? run.status : `${run.status}: ${run.reason}`],
    [
      'Dataset',
      `${dataset.name}, content ${dataset.hash.slice(0, 12)}${dataset.generated ? ', generated' : ''}`,
    ],
    ['Images', describeImages(run)],
    ...(usesMarks(experiment) ? [['Marks', describeMarks(run)] as const] : []),
    ['Model', `${describeSettings(model)}, ${grouped(run.parameters)} parameters`],
    [
      'Training',
      `${experiment.loss}, ${describeSettings(optimizer)}, learning rate ${experiment.learningRate}`,
    ],
    ['', `batch size ${experiment.batchSize}, ${experiment.epochs} epochs, seed ${experiment.seed}`],
    ['Engine', engine === null ? '-' : describeEngine(engine)],
    ['Hardware', hardware === null ? '-' : describeHardware(hardware)],
    ['Created', run.createdAt],
    ...(run.tags.length > 0 ? [['Tags', run.tags.join(', ')] as const] : []),
    ...(run.notes === '' ? [] : [['Notes', run.notes] as const]),
    ...(run.deletedAt === null
      ? []
      : [['Deleted', `${run.deletedAt}; "atelier restore ${run.id}"`] as const]),
  ]
  return lines.map(([label, text]) => `${label.padEnd(10)}${text}`)
}

/** What is about to be trained, and on what. */
export function describeEngineStart(run: Run): string {
  const engine = run.engine === null ? '' : ` on ${describeEngine(run.engine)}`
  const generated = run.dataset.generated ? ' (generated pictures, not photographs)' : ''
  return `Run ${run.id}: training ${run.experiment.model.name} with ${run.dataset.name}${generated}${engine}`
}

function describeImages({ experiment }: Run): string {
  const train = experiment.trainImages === null ? 'all' : grouped(experiment.trainImages)
  const held = `${grouped(experiment.validationImages)} held out for validation (split seed ${experiment.splitSeed})`
  const test = experiment.testEachEpoch
    ? 'test images watched in every epoch'
    : 'test images used once, at the end'
  return `${train} for training, ${experiment.validationImages === 0 ? 'none held out' : held}, ${test}`
}

function describeMarks({ experiment: { withoutExcluded, correctedLabels, marks } }: Run): string {
  const what = [
    withoutExcluded ? 'without excluded images' : null,
    correctedLabels ? 'with corrected labels' : null,
  ]
  return `${what.filter((part) => part !== null).join(', ')}; set ${marks} (--marks ${marks} repeats it)`
}

function describeSettings({ name, ...settings }: { readonly name: string }): string {
  const parts = Object.entries(settings).map(([key, value]) => `${key} ${String(value)}`)
  return parts.length === 0 ? name : `${name} (${parts.join(', ')})`
}

function describeEngine({ name, versions, gpu, notice }: NonNullable<Run['engine']>): string {
  const parts = Object.entries(versions).map(([library, version]) => `${library} ${version}`)
  return [name, parts.join(', '), gpu, notice].filter((part) => part !== null && part !== '').join('; ')
}

function describeHardware({ processor, cores, memoryBytes, platform }: NonNullable<Run['hardware']>): string {
  return `${processor}, ${cores} cores, ${(memoryBytes / 2 ** 30).toFixed(1)} GiB, ${platform}`
}
