// How tables are looked at, kept in the history's file: one value for each table. Stored first, then announced, and one
// change after the other, because each builds on what is stored.
import type { AppEvent } from '#shared/contract.ts'
import {
  type Arrangement,
  type SavedView,
  type TableViews,
  tableViewsSchema,
} from '#shared/contract/views.ts'
import { Failure } from '#shared/failure.ts'
import { OneAtATime } from '#shared/one-at-a-time.ts'
import type { Store } from '../store/open-store.ts'

const NOTHING: TableViews = { arrangement: { columns: null, widths: {} }, saved: [] }
const MOST_SAVED = 200

export class ViewDesk {
  readonly #store: Store
  readonly #announce: (event: AppEvent) => void
  readonly #changes = new OneAtATime()

  constructor(store: Store, announce: (event: AppEvent) => void) {
    this.#store = store
    this.#announce = announce
  }

  /** What this version cannot read counts as nothing. */
  async read(table: string): Promise<TableViews> {
    return tableViewsSchema.catch(NOTHING).parse(await this.#store.readSetting(nameOf(table)))
  }

  arrange(table: string, arrangement: Arrangement): Promise<TableViews> {
    return this.#change(table, (views) => ({ ...views, arrangement }))
  }

  /** @throws Failure 'conflict' where there are too many */
  save(table: string, view: SavedView): Promise<TableViews> {
    return this.#change(table, (views) => {
      const others = views.saved.filter(({ name }) => name !== view.name)
      if (others.length < MOST_SAVED) {
        return { ...views, saved: [...others, view].sort((a, b) => a.name.localeCompare(b.name)) }
      }
      throw new Failure(
        'conflict',
        `There are ${MOST_SAVED} saved views already. Remove one to save “${view.name}”.`,
      )
    })
  }

  /** @throws Failure 'not-found' */
  remove(table: string, name: string): Promise<TableViews> {
    return this.#change(table, (views) => {
      const saved = views.saved.filter((view) => view.name !== name)
      if (saved.length === views.saved.length)
        throw new Failure('not-found', `There is no saved view “${name}”.`)
      return { ...views, saved }
    })
  }

  #change(table: string, change: (views: TableViews) => TableViews): Promise<TableViews> {
    return this.#changes.run(async () => {
      const views = change(await this.read(table))
      await this.#store.writeSetting(nameOf(table), views)
      this.#announce({ type: 'views-changed', table, views })
      return views
    })
  }
}

function nameOf(table: string): string {
  return `views ${table}`
}
