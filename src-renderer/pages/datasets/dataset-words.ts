// What the state of a dataset means, for people.
import type { DatasetSummary } from '#shared/contract.ts'
import { writeBytes, writeCount } from '../../parts/numbers.ts'

type State = DatasetSummary['state']

export const STATE_WORDS: Readonly<Record<State, { label: string; tone: 'good' | 'calm' | 'warn' | 'bad' }>> =
  {
    installed: { label: 'installed', tone: 'good' },
    generated: { label: 'generated', tone: 'warn' },
    available: { label: 'not here yet', tone: 'calm' },
    damaged: { label: 'damaged', tone: 'bad' },
    folder: { label: 'used in place', tone: 'good' },
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
