// How the fake host keeps the columns and saved views of the Runs page.
import type { AppEvent } from '#shared/contract.ts'
import type { Arrangement, SavedView, TableViews } from '#shared/contract/views.ts'

export class FakeViews {
  current: TableViews = { arrangement: { columns: null, widths: {} }, saved: [] }
  readonly #announce: (event: AppEvent) => void

  constructor(announce: (event: AppEvent) => void) {
    this.#announce = announce
  }

  arrange(arrangement: Arrangement): TableViews {
    return this.#change({ ...this.current, arrangement })
  }

  save(view: SavedView): TableViews {
    return this.#change({ ...this.current, saved: [...this.#without(view.name), view] })
  }

  remove(name: string): TableViews {
    return this.#change({ ...this.current, saved: this.#without(name) })
  }

  #without(name: string): SavedView[] {
    return this.current.saved.filter((view) => view.name !== name)
  }

  #change(views: TableViews): TableViews {
    this.current = views
    this.#announce({ type: 'views-changed', table: 'runs', views })
    return views
  }
}
