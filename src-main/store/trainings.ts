// Runs by what they train, with all their epochs: what answers the rows of the paper. The seeds keep the answer small in
// a history of thousands of runs.
import { sql } from 'kysely'
import { experimentSchema } from '#shared/experiment.ts'
import type { StoredTraining } from '#shared/paper/evidence.ts'
import type { EpochMetrics } from '#shared/run.ts'
import type { StoreDatabase } from './database.ts'
import { rowToEpoch } from './epoch-rows.ts'

/** Watches the test images in every epoch and holds nothing out, as the paper: few runs of most histories do. */
const WATCHED = sql`experiment ->> '$.testEachEpoch' and experiment ->> '$.validationImages' = 0`

/** A run counts until it is deleted; one whose settings cannot be read is like no other and is left out. */
export async function listTrainings(
  database: StoreDatabase,
  datasetHash: string,
  seeds: readonly number[],
  trainImages: number | null,
): Promise<readonly StoredTraining[]> {
  const rows = await database
    .selectFrom('runs')
    .leftJoin('queue', 'queue.runId', 'runs.id')
    .select(['id', 'status', 'experiment', 'engineName', 'tags', 'queue.runId as queued'])
    .where('deletedAt', 'is', null)
    .where('datasetHash', '=', datasetHash)
    .where('seed', 'in', seeds)
    .where(sql<boolean>`trainImages is ${trainImages}`)
    .where(sql<boolean>`case when json_valid(experiment) then ${WATCHED} else 0 end`)
    .orderBy('createdAt')
    .execute()
  const epochs = await readEpochs(
    database,
    rows.map(({ id }) => id),
  )
  return rows.flatMap(({ id, status, experiment, engineName, tags, queued }) => {
    const parsed = experimentSchema.safeParse(JSON.parse(experiment))
    if (!parsed.success) return []
    return [
      {
        ...{ id, status, isLinedUp: queued !== null },
        ...{ experiment: parsed.data, engine: engineName },
        tags: JSON.parse(tags) as string[],
        epochs: epochs.get(id) ?? [],
      },
    ]
  })
}

async function readEpochs(
  database: StoreDatabase,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, readonly EpochMetrics[]>> {
  const byRun = new Map<string, EpochMetrics[]>()
  if (runIds.length === 0) return byRun
  const rows = await database
    .selectFrom('epochs')
    .selectAll()
    .where('runId', 'in', sql<string>`(select value from json_each(${JSON.stringify(runIds)}))`)
    .orderBy('runId')
    .orderBy('epoch')
    .execute()
  for (const row of rows) {
    const metrics = rowToEpoch(row)
    if (metrics === null) continue
    const known = byRun.get(row.runId)
    if (known === undefined) byRun.set(row.runId, [metrics])
    else known.push(metrics)
  }
  return byRun
}
