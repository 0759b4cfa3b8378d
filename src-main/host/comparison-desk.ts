// Comparisons as the contract tells of them: whole runs in few queries, their epochs thinned where there are many, and
// those that are kept, stored first and then announced.
import { thinEpochs } from '#shared/compare/thin-epochs.ts'
import type { Verdicts } from '#shared/compare/verdict.ts'
import type { AppEvent } from '#shared/contract.ts'
import type { ComparedRun, ComparedRuns, Contrast } from '#shared/contract/comparisons.ts'
import { taskFor } from '#shared/core/models/layers.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { Failure } from '#shared/failure.ts'
import type { Run } from '#shared/run.ts'
import type { ComparisonChanges, ComparisonDraft, SavedComparison } from '#shared/saved-comparison.ts'
import { contrastRuns, judgeRuns } from '../compare.ts'
import type { DescribeDataset } from '../datasets/describe-dataset.ts'
import type { ReadTestLabels } from '../datasets/test-labels.ts'
import type { Store } from '../store/open-store.ts'

/** Epochs of all runs of one answer together; a run has at least LEAST_EPOCHS of them. */
const MOST_EPOCHS = 12_000
const LEAST_EPOCHS = 60

interface Surroundings {
  readonly store: Store
  readonly readTestLabels: ReadTestLabels
  readonly describe: DescribeDataset
  readonly announce: (event: AppEvent) => void
}

export class ComparisonDesk {
  readonly #surroundings: Surroundings

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  async read(runIds: readonly string[]): Promise<ComparedRuns> {
    const { runs, missing } = await this.#surroundings.store.readRuns(runIds)
    const most = Math.max(LEAST_EPOCHS, Math.floor(MOST_EPOCHS / Math.max(1, runs.length)))
    const countAdds = this.#multiplyAddCounter()
    const compared: ComparedRun[] = []
    for (const run of runs) {
      const epochs = [...thinEpochs(run.epochs, most)]
      compared.push({ ...run, epochs, epochCount: run.epochs.length, multiplyAdds: await countAdds(run) })
    }
    return { runs: compared, missing: [...missing] }
  }

  async judge(runIds: readonly string[], baseline: string): Promise<Verdicts> {
    const { runs } = await this.#surroundings.store.readRuns(runIds)
    return judgeRuns(this.#surroundings, runs, baseline)
  }

  async contrast(first: string, second: string): Promise<Contrast> {
    const { store } = this.#surroundings
    return contrastRuns(this.#surroundings, [await store.findRun(first), await store.findRun(second)])
  }

  async list(): Promise<SavedComparison[]> {
    return [...(await this.#surroundings.store.listComparisons())]
  }

  save(draft: ComparisonDraft): Promise<SavedComparison> {
    return this.#announceAfter(this.#surroundings.store.saveComparison(draft))
  }

  change(id: string, changes: ComparisonChanges): Promise<SavedComparison> {
    return this.#announceAfter(this.#surroundings.store.changeComparison(id, changes))
  }

  async delete(id: string): Promise<void> {
    await this.#announceAfter(this.#surroundings.store.deleteComparison(id))
  }

  restore(id: string): Promise<SavedComparison> {
    return this.#announceAfter(this.#surroundings.store.restoreComparison(id))
  }

  async #announceAfter<Result>(stored: Promise<Result>): Promise<Result> {
    const result = await stored
    this.#surroundings.announce({ type: 'comparisons-changed', comparisons: await this.list() })
    return result
  }

  /** Runs share datasets and networks, so that each is looked at once. */
  #multiplyAddCounter(): (run: Run) => Promise<number | null> {
    const known = new Map<string, Promise<number | null>>()
    return ({ dataset, experiment: { model } }) => {
      const key = JSON.stringify([dataset.hash, model])
      const counted = known.get(key) ?? this.#countMultiplyAdds(dataset, model)
      known.set(key, counted)
      return counted
    }
  }

  async #countMultiplyAdds(
    dataset: Run['dataset'],
    model: Run['experiment']['model'],
  ): Promise<number | null> {
    try {
      const size = await this.#surroundings.describe(dataset)
      return buildNetwork(model, taskFor(size, dataset.classNames.length)).multiplyAdds
    } catch (error) {
      if (error instanceof Failure) return null // the dataset is gone, and with it the size of its images
      throw error
    }
  }
}
