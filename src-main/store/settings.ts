// Named values of any kind that the application keeps; whoever reads one checks it.
import type { StoreDatabase } from './database.ts'
import { decodeJson } from './json-column.ts'

/** Undefined for a name that was never written. */
export async function readSetting(database: StoreDatabase, name: string): Promise<unknown> {
  const row = await database
    .selectFrom('settings')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row === undefined ? undefined : decodeJson(row.value)
}

/** @param value anything that JSON can hold */
export async function writeSetting(database: StoreDatabase, name: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value)
  await database
    .insertInto('settings')
    .values({ name, value: text })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: text }))
    .execute()
}
