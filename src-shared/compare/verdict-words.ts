// The one place for the words of verdicts, on the page, in the terminal and in reports. Every sentence says what it is
// about: these two models, or the setting.
import type { ModelRefusal, ModelVerdict, Outcome, SettingRefusal, SettingVerdict } from './verdict.ts'

const BADGES: Readonly<Record<Outcome, string>> = {
  better: 'better',
  worse: 'worse',
  none: 'no difference shown',
}

export function nameOutcome(outcome: Outcome): string {
  return BADGES[outcome]
}

/** A word or three for a badge. */
export function nameVerdict(verdict: ModelVerdict | SettingVerdict): string {
  if (verdict.state === 'judged') return BADGES[verdict.outcome]
  return SHORT_REFUSALS[verdict.reason]
}

const SHORT_REFUSALS: Readonly<Record<ModelRefusal | SettingRefusal, string>> = {
  'same-setting': 'same setting',
  'other-data': 'other data',
  'other-images': 'other test images',
  'not-evaluated': 'not evaluated',
  'no-answers': 'no answers kept',
  'single-seed': 'too few seeds',
  'no-spread': 'no spread',
}

/** 0.0004 -> '< 0.001' */
export function writeP(p: number): string {
  if (p < 0.001) return '< 0.001'
  return p > 0.999 ? '1' : p.toFixed(3)
}

/** 0.0058 -> '+0.58' */
export function writePoints(difference: number, digits = 2): string {
  const text = Math.abs(difference * 100).toFixed(digits)
  if (Number(text) === 0) return text
  return `${difference > 0 ? '+' : '−'}${text}`
}

/** @param count verdicts of the kind that were corrected together */
export function explainModelVerdict(verdict: ModelVerdict, count: number): string {
  if (verdict.state === 'refused') return `These two models: ${MODEL_REASONS[verdict.reason]}`
  const { images, thisOnly, baselineOnly } = verdict
  const split = `${group(thisOnly)} right by this model alone, ${group(baselineOnly)} by the baseline alone, of ${group(images)}`
  const head = `These two models: ${describeDifference(verdict)}`
  const test = `exact McNemar, two-sided, ${writePs(verdict, count, `mid-p ${withEquals(verdict.midP)}`)}`
  return `${head}: ${split}; ${test}.${engineNote(verdict.isOtherEngine)} It says nothing about the settings.`
}

/** @param count verdicts of the kind that were corrected together */
export function explainSettingVerdict(verdict: SettingVerdict, count: number): string {
  if (verdict.state === 'refused') return `This setting: ${SETTING_REASONS[verdict.reason](verdict.seeds)}`
  const [mine, theirs] = verdict.seeds
  const seeds =
    verdict.method === 'paired'
      ? `over the same ${mine} seeds, in pairs`
      : `over ${mine} seeds against ${theirs} others (Welch)`
  const head = `This setting: ${describeDifference(verdict)}`
  return `${head}, ${seeds}; Student's t, two-sided, ${writePs(verdict, count)}.${engineNote(verdict.isOtherEngine)}`
}

function describeDifference({
  outcome,
  difference,
  low,
  high,
}: {
  readonly outcome: Outcome
  readonly difference: number
  readonly low: number
  readonly high: number
}): string {
  const interval = `95 % interval ${writePoints(low)} to ${writePoints(high)}`
  return `${BADGES[outcome]}, ${writePoints(difference)} points (${interval})`
}

/** @param aside what else is told of p, and decides nothing */
function writePs(
  { p, correctedP }: { readonly p: number; readonly correctedP: number },
  count: number,
  aside = '',
): string {
  const single = `p ${withEquals(p)}${aside === '' ? '' : ` (${aside})`}`
  if (count < 2) return single
  return `${single}, ${writeP(correctedP)} after Holm's correction for ${count} comparisons, which the interval is without`
}

/** What the noise floor is not: '' for a single comparison, for which it holds as it is. */
export function explainFloorOfMany(count: number): string {
  return count < 2 ? '' : ` That is for one comparison; ${count} at once take more.`
}

function withEquals(p: number): string {
  const text = writeP(p)
  return text.startsWith('<') ? text : `= ${text}`
}

function engineNote(isOtherEngine: boolean): string {
  return isOtherEngine ? ' Other engines computed them, which alone may change a few answers.' : ''
}

const MODEL_REASONS: Readonly<Record<ModelRefusal, string>> = {
  'other-data': 'they saw different data, so that their images cannot be paired.',
  'other-images': 'they were evaluated on different test images, which cannot be paired.',
  'not-evaluated': 'one of them was not evaluated on the test images yet.',
  'no-answers':
    'the answers to single images or the true classes are not here; the dataset must be on this machine.',
}

type Seeds = readonly [number, number]
const SETTING_REASONS: Readonly<Record<SettingRefusal, (seeds: Seeds) => string>> = {
  'same-setting': () => 'it is the baseline’s own; the runs differ in the seed alone.',
  'other-data': () => 'it was trained on different data, which is another question.',
  'other-images': () => 'its runs were evaluated on different test images.',
  'not-evaluated': () => 'no run of it, or none of the baseline’s, was evaluated on the test images yet.',
  'single-seed': ([mine, theirs]) =>
    `${seedCount(mine)} here and ${seedCount(theirs)} of the baseline’s setting are compared. One seed says nothing about a setting: train at least two of each, better five.`,
  'no-spread': () => 'all seeds give the very same difference, so that there is no spread to judge by.',
}

function seedCount(count: number): string {
  return count === 1 ? '1 seed' : `${count} seeds`
}

function group(count: number): string {
  return count.toLocaleString('en')
}
