// Missing trainings as runs to be made: named after what they answer, and tagged.
import { PAPER_TAG, type PaperRequest } from '#shared/paper/paper-state.ts'
import { rowsOf, PAPER_TABLES } from '#shared/paper/tables.ts'
import type { PaperTraining } from '#shared/paper/trainings.ts'
import type { RunRequest } from '../prepare-runs.ts'

export function requestTraining(
  { experiment, rows }: Pick<PaperTraining, 'experiment' | 'rows'>,
  { directory, quick }: Pick<PaperRequest, 'directory' | 'quick'>,
  moreTags: readonly string[] = [],
): RunRequest {
  const { dataset, ...settings } = experiment
  return {
    settings,
    dataset: directory === null ? dataset : null,
    directory,
    name: `${nameRows(rows)}, seed ${experiment.seed}${quick ? ', quick' : ''}`,
    tags: [PAPER_TAG, ...(quick ? ['quick'] : []), ...moreTags],
  }
}

/** Such as 'Paper I: Adam' or 'Paper I: SGD and 9 more rows'. */
function nameRows([first = '', ...others]: readonly string[]): string {
  const table = PAPER_TABLES.find(({ rows }) => rows.some(({ id }) => id === first))
  const row = rowsOf(PAPER_TABLES).find(({ id }) => id === first)
  const more = others.length === 0 ? '' : ` and ${others.length} more ${others.length === 1 ? 'row' : 'rows'}`
  return `Paper ${table?.id ?? ''}: ${row?.label ?? first}${more}`
}
