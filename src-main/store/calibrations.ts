// Calibrations by a key that says of what: machine, versions, network and batch size.
import { type Calibration, calibrationSchema } from '#shared/calibration.ts'
import type { StoreDatabase } from './database.ts'
import { decodeJson } from './json-column.ts'

/** Null when there is none, or none that this version can read: then it is measured again. */
export async function findCalibration(database: StoreDatabase, key: string): Promise<Calibration | null> {
  const row = await database
    .selectFrom('calibrations')
    .select('result')
    .where('key', '=', key)
    .executeTakeFirst()
  if (row === undefined) return null
  return calibrationSchema.safeParse(decodeJson(row.result)).data ?? null
}

export async function keepCalibration(
  database: StoreDatabase,
  key: string,
  calibration: Calibration,
): Promise<void> {
  const result = JSON.stringify(calibration)
  await database
    .insertInto('calibrations')
    .values({ key, result })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ result }))
    .execute()
}
