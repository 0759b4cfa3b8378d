// Comparisons that are kept, as the page's copy of what is stored.
import type { ComparisonChanges, ComparisonDraft, SavedComparison } from '#shared/saved-comparison.ts'
import { describeFailure } from '#shared/failure.ts'
import type { Connection } from './connection.svelte.ts'

export class SavedComparisons {
  list: readonly SavedComparison[] = $state.raw([])
  /** Why they could not be read; empty when they were. */
  problem = $state('')
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
    connection.listen({
      connected: () => void this.read(),
      heard: (event) => {
        if (event.type === 'comparisons-changed') this.list = event.comparisons
      },
    })
  }

  find(id: string | null): SavedComparison | undefined {
    return this.list.find((one) => one.id === id)
  }

  async read(): Promise<void> {
    try {
      this.list = await this.#connection.client.comparisons.list({})
      this.problem = ''
    } catch (error) {
      this.problem = describeFailure(error).message
    }
  }

  /** @throws what the call refuses with, as the others do */
  save(draft: ComparisonDraft): Promise<SavedComparison> {
    return this.#connection.client.comparisons.save(draft)
  }

  change(comparisonId: string, changes: ComparisonChanges): Promise<SavedComparison> {
    return this.#connection.client.comparisons.change({ comparisonId, changes })
  }

  async delete(comparisonId: string): Promise<void> {
    await this.#connection.client.comparisons.delete({ comparisonId })
  }

  restore(comparisonId: string): Promise<SavedComparison> {
    return this.#connection.client.comparisons.restore({ comparisonId })
  }
}
