// Kysely over one connection: typed queries whose SQLite errors leave as sentences. Two differences from kysely's own
// dialect: migrations run inside a transaction, and a rollback of what SQLite already rolled back is no error.
import {
  type DatabaseConnection,
  type Dialect,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
  type Transaction,
} from 'kysely'
import type { Connection } from './connection.ts'
import type { Schema } from './schema.ts'
import { explainStorageError, isDamage } from './storage-failure.ts'

/** What queries run on. A method that needs a transaction opens its own; a `StoreTransaction` is inside one. */
export type StoreDatabase = Kysely<Schema>
export type StoreTransaction = Transaction<Schema>

/** @param onDamage is told when a query meets a damaged page */
export function buildDatabase(connection: Connection, onDamage: () => void): StoreDatabase {
  const dialect: Dialect = {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new StoreDriver(connection, onDamage),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
  return new Kysely<Schema>({ dialect })
}

/** SQLite can change its schema in a transaction; kysely's adapter says no only for its older users' sake. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class StoreDriver extends SqliteDriver {
  readonly #connection: Connection

  constructor(connection: Connection, onDamage: () => void) {
    super({ database: withExplainedErrors(connection, onDamage) })
    this.#connection = connection
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#connection.inTransaction) await super.rollbackTransaction(connection)
  }
}

function withExplainedErrors(connection: Connection, onDamage: () => void): SqliteDatabase {
  const explained = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      if (isDamage(error)) onDamage()
      throw explainStorageError(error, connection.name)
    }
  }
  return {
    close: () => void connection.close(),
    prepare: (text): SqliteStatement => {
      const statement = explained(() => connection.prepare(text))
      return {
        reader: statement.reader,
        all: (parameters) => explained(() => statement.all(parameters)),
        run: (parameters) => explained(() => statement.run(parameters)),
        iterate: (parameters) => statement.iterate(parameters),
      }
    },
  }
}
