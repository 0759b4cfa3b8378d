// Why an image was flagged, in a sentence that needs no statistics. Used by the page and by the terminal.
import type { DuplicateGroup, LabelFinding, LabelSource, OutlierFinding, PoorFinding } from './quality.ts'

export function explainDuplicates({ exact, distance, members, leaks, disagrees }: DuplicateGroup): string {
  const count = members.length === 2 ? 'two pictures' : `${members.length} pictures`
  const what = exact
    ? `The ${count} are equal to the last pixel.`
    : `The ${count} are almost the same: the nearest differ by ${percent(distance)} of their ink.`
  const leak = leaks
    ? ' There are training and test images among them, so the test asks for what was learnt by heart.'
    : ''
  return `${what}${leak}${disagrees ? ' Their labels differ.' : ''}`
}

export function explainLabel(
  { given, suggested, givenProbability, suggestedProbability }: LabelFinding,
  classNames: readonly string[],
  source: LabelSource,
): string {
  const judge = source.type === 'run' ? `Run ${source.runId}` : 'Networks'
  const verb = source.type === 'run' ? 'gives' : 'give'
  return (
    `${judge}, never trained on this picture, ${verb} ${nameOf(suggested, classNames)} ` +
    `${percent(suggestedProbability)} and the label ${nameOf(given, classNames)} ${percent(givenProbability)}.`
  )
}

export function explainOutlier(
  { label, score }: OutlierFinding,
  classNames: readonly string[],
  neighbours: number,
): string {
  return (
    `Its ${neighbours} nearest training images of ${nameOf(label, classNames)} are ${score.toFixed(1)} times as far ` +
    'away as is usual in the class.'
  )
}

export function explainPoor({ lack, entropy, inkShare, contrast }: PoorFinding): string {
  switch (lack) {
    case 'constant':
      return contrast === 0
        ? 'All of its pixels have one grey level.'
        : `Its pixels are within ${contrast} of 255 grey levels, which looks like one.`
    case 'little-ink':
      return `Only ${percent(inkShare)} of its pixels show anything but background.`
    case 'low-entropy':
      return `Its grey levels hold ${entropy.toFixed(2)} bits a pixel; a usual picture holds about four.`
    default:
      return lack satisfies never
  }
}

/** What the labels were judged by, and how much of the data that covers. */
export function describeSource(source: LabelSource, covered: { train: number; test: number }): string {
  const images = `${grouped(covered.train)} training and ${grouped(covered.test)} test images`
  if (source.type === 'run') {
    return `Judged by run ${source.runId} (${source.name}): ${images}. What it was trained on it cannot judge.`
  }
  return (
    `Judged out of fold: ${source.folds} networks (${source.experiment.model.name}, ` +
    `${source.experiment.epochs} epochs), each trained without the images that it judges. ${images}.`
  )
}

export function nameOf(label: number, classNames: readonly string[]): string {
  return classNames[label] ?? `class ${label}`
}

/** Nothing that is not certain is called so: 0.9997 is 'over 99.9 %'. */
function percent(value: number): string {
  if (value > 0.999 && value < 1) return 'over 99.9 %'
  if (value > 0 && value < 0.001) return 'under 0.1 %'
  return `${(value * 100).toFixed(value < 0.1 || value > 0.99 ? 1 : 0)} %`
}

function grouped(value: number): string {
  return value.toLocaleString('en')
}
