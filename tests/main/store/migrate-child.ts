// Opens a history with one migration more that makes and fills many tables. Argument: the data folder.
import { type Kysely, sql } from 'kysely'
import { MIGRATIONS } from '#main/store/migrate.ts'
import { openHistory } from '#main/store/open-history.ts'

async function up(database: Kysely<unknown>): Promise<void> {
  process.stdout.write('migrating\n')
  for (let number = 1; number <= 50; number++) {
    await sql.raw(`create table later${number} (content blob) strict`).execute(database)
    await sql.raw(`insert into later${number} values (zeroblob(100000))`).execute(database)
  }
}

process.stdout.write('opening\n')
const history = await openHistory(process.argv[2] ?? '', { ...MIGRATIONS, '9999-later': { up } })
process.stdout.write('migrated\n')
history.close()
