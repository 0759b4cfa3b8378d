// What is known of a run beside its figures: its settings, and what it ran on.
import { readSetting } from '#shared/command-line.ts'
import { usesMarks } from '#shared/marks.ts'
import type { Run } from '#shared/run.ts'
import { SETTINGS } from '#shared/settings.ts'
import { writeSettingValue } from '../runs/setting-value.ts'
import { NOTHING, writeBytes, writeCount, writeMoment } from '../../parts/numbers.ts'

export interface Fact {
  readonly label: string
  readonly value: string
  readonly title?: string
}

export function settingFacts({ experiment, dataset }: Run): readonly Fact[] {
  return SETTINGS.flatMap((setting) => {
    const value = readSetting(experiment, setting)
    if (value === undefined || (setting.name === 'marks' && !usesMarks(experiment))) return []
    const { label, help, name } = setting
    return [
      { label, value: name === 'dataset' ? dataset.name : writeSettingValue(setting, value), title: help },
    ]
  })
}

export function machineFacts({
  engine,
  hardware,
  dataset,
  createdAt,
  startedAt,
  finishedAt,
  id,
}: Run): readonly Fact[] {
  const moment = (iso: string | null): string => (iso === null ? NOTHING : writeMoment(iso))
  return [
    { label: 'Engine', value: engine === null ? 'not started' : describeEngine(engine) },
    ...(engine?.gpu == null ? [] : [{ label: 'GPU', value: engine.gpu }]),
    ...Object.entries(engine?.versions ?? {}).map(([name, version]) => ({ label: name, value: version })),
    ...(hardware === null
      ? []
      : [
          { label: 'Processor', value: `${hardware.processor}, ${hardware.cores} cores` },
          { label: 'Memory', value: writeBytes(hardware.memoryBytes) },
          { label: 'System', value: hardware.platform },
        ]),
    {
      label: 'Data',
      value: dataset.hash.slice(0, 12),
      title: `SHA-256 of the images and labels: ${dataset.hash}`,
    },
    ...(dataset.directory === null ? [] : [{ label: 'Folder', value: dataset.directory }]),
    { label: 'Made', value: moment(createdAt) },
    { label: 'Started', value: moment(startedAt) },
    { label: 'Finished', value: moment(finishedAt) },
    { label: 'Id', value: id },
  ]
}

function describeEngine({ name, threads }: NonNullable<Run['engine']>): string {
  if (threads === null) return name
  return `${name}, ${threads === 1 ? 'one thread' : `${writeCount(threads)} threads`}`
}
