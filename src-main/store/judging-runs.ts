// Completed runs as judges of photos: what they tell apart, how good they are on their own test images, and whether
// their weights are still here.
import { sql } from 'kysely'
import { z } from 'zod'
import { type ModelSettings, modelSettings } from '#shared/experiment.ts'
import type { JudgingRun } from '#shared/photo-batch.ts'
import type { StoreDatabase } from './database.ts'
import { decodeJson } from './json-column.ts'
import { parseRows } from './parse-rows.ts'

export interface StoredJudge extends JudgingRun {
  readonly hasWeights: boolean
  readonly model: ModelSettings
  /** Parameters of its network. */
  readonly parameters: number
}

/** Newest first; without those that are deleted or archived, and those that cannot be read: the list of runs names them. */
export async function listJudgingRuns(database: StoreDatabase): Promise<StoredJudge[]> {
  const rows = await database
    .selectFrom('runs')
    .leftJoin('evaluations', 'evaluations.runId', 'runs.id')
    .select(['runs.id', 'runs.name', 'runs.classNames', 'runs.parameters', 'evaluations.split'])
    .select(
      sql<
        string | null
      >`case when json_valid(runs.experiment) then json_extract(runs.experiment, '$.model') end`.as('model'),
    )
    .select(['evaluations.correct', 'evaluations.count'])
    .select(
      sql<number>`exists (select 1 from checkpoints where checkpoints.runId = runs.id)`.as('hasWeights'),
    )
    .where('runs.status', '=', 'completed')
    .where('runs.deletedAt', 'is', null)
    .where('runs.archived', '=', 0)
    .orderBy('runs.createdAt', 'desc')
    .orderBy('runs.id')
    .execute()
  const { parsed } = parseRows(
    rows,
    ({ id, name, classNames, parameters, model, split, correct, count, hasWeights }) => ({
      ...{ runId: id, name, parameters, hasWeights: hasWeights === 1 },
      model: modelSettings.parse(decodeJson(model)),
      classNames: z.array(z.string()).parse(decodeJson(classNames)),
      testAccuracy:
        split === 'test' && correct !== null && count !== null && count > 0 ? correct / count : null,
    }),
  )
  return parsed
}
