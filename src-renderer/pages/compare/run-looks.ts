// Which runs look alike in charts, and how: one look for each group.
import { settingKey } from '#shared/compare/settings-that-differ.ts'
import { readSetting } from '#shared/command-line.ts'
import type { ComparedRun } from '#shared/contract/comparisons.ts'
import { SETTINGS } from '#shared/settings.ts'
import { BY_RUN, BY_SETTING } from '../../state/comparison-view.ts'

export interface RunGroup {
  readonly key: string
  /** Which of the looks, from 0. */
  readonly look: number
  readonly runs: readonly ComparedRun[]
}

/** Runs that share a look, in the order of their first. */
export function groupForLooks(runs: readonly ComparedRun[], by: string): readonly RunGroup[] {
  const groups = Map.groupBy(runs, (run: ComparedRun) => keyOf(run, by))
  return [...groups].map(([key, members], look) => ({ key, look, runs: members }))
}

function keyOf(run: ComparedRun, by: string): string {
  if (by === BY_RUN) return run.id
  if (by === BY_SETTING) return settingKey(run.experiment, run.dataset.hash)
  const setting = SETTINGS.find(({ name }) => name === by)
  return setting === undefined ? run.id : JSON.stringify(readSetting(run.experiment, setting) ?? null)
}
