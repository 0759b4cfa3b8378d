// What the state of a dataset means, for people.
import type { DatasetSummary } from '#shared/contract.ts'
import type { LeftOut } from '#shared/photo-dataset.ts'
import type { IconName } from '../../parts/icons.ts'
import { writeBytes, writeCount } from '../../parts/numbers.ts'

type State = DatasetSummary['state']

interface StateWords {
  readonly word: string
  readonly tone: 'good' | 'calm' | 'warn' | 'bad'
  readonly icon: IconName
}

export const STATE_WORDS: Readonly<Record<State, StateWords>> = {
  installed: { word: 'installed', tone: 'good', icon: 'check' },
  generated: { word: 'generated', tone: 'warn', icon: 'edit' },
  available: { word: 'not here yet', tone: 'calm', icon: 'ring' },
  damaged: { word: 'damaged', tone: 'bad', icon: 'warning' },
  folder: { word: 'used in place', tone: 'good', icon: 'folder' },
}

/** What is known of it, in the order in which people ask. */
export function listFacts({
  state,
  trainCount,
  testCount,
  height,
  width,
  channels,
  classNames,
  bytes,
}: DatasetSummary): readonly string[] {
  const size = bytes > 0 ? [`${writeBytes(bytes)}${state === 'available' ? ' to download' : ''}`] : []
  if (trainCount === 0) return size
  return [
    `${writeCount(trainCount)} training + ${writeCount(testCount)} test images`,
    `${height} × ${width} pixels${channels === 1 ? '' : ' in colours'}`,
    ...(classNames.length > 0 ? [`${classNames.length} classes`] : []),
    ...size,
  ]
}

export const GENERATED_WARNING =
  'Drawn by a program to try things out. Accuracies on it say nothing about photographs of garments.'

/** That it is there, and what it is made without, in one sentence. */
export function describeAdded(name: string, leftOut: readonly LeftOut[]): string {
  const [first] = leftOut
  if (first === undefined) return `${name} is installed.`
  const isOne = leftOut.length === 1
  const what = isOne ? 'one file' : `${writeCount(leftOut.length)} files`
  return `${name} is installed without ${what} that could not be used, ${isOne ? 'namely' : 'such as'} ${first.file}: ${first.reason}`
}
