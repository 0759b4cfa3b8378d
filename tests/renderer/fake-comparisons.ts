// The comparisons of the fake host: real verdicts about answers that are made up from each run's figures.
import { agreementByClass, countAgreement, listFlips } from '#shared/compare/answers.ts'
import { judge } from '#shared/compare/judge.ts'
import type { Verdicts } from '#shared/compare/verdict.ts'
import type { AppEvent } from '#shared/contract.ts'
import type { ComparedRuns, Contrast } from '#shared/contract/comparisons.ts'
import { Random } from '#shared/core/random.ts'
import { Failure } from '#shared/failure.ts'
import type { Run } from '#shared/run.ts'
import type { ComparisonChanges, ComparisonDraft, SavedComparison } from '#shared/saved-comparison.ts'

const NOW = new Date(0).toISOString()

export class FakeComparisons {
  readonly #runs: ReadonlyMap<string, Run>
  readonly #announce: (event: AppEvent) => void
  readonly saved = new Map<string, SavedComparison>()
  readonly #deleted = new Map<string, SavedComparison>()

  constructor(runs: ReadonlyMap<string, Run>, announce: (event: AppEvent) => void) {
    this.#runs = runs
    this.#announce = announce
  }

  list(): SavedComparison[] {
    return [...this.saved.values()]
  }

  read(runIds: readonly string[]): ComparedRuns {
    const runs = this.#find(runIds).map((run) => {
      return { ...run, epochCount: run.epochs.length, multiplyAdds: 31 * run.parameters }
    })
    const missing = runIds.filter((id) => !this.#runs.has(id))
    return { runs, missing: missing.map((id) => ({ id, message: `There is no run '${id}'.` })) }
  }

  judge(runIds: readonly string[], baseline: string): Verdicts {
    const subjects = this.#find(runIds).map((run) => ({
      ...{ runId: run.id, experiment: run.experiment, datasetHash: run.dataset.hash },
      engine: run.engine?.name ?? null,
      test: run.evaluation?.metrics ?? null,
      right: rightOf(run),
    }))
    return judge(subjects, baseline)
  }

  contrast(firstId: string, secondId: string): Contrast {
    const [first, second] = this.#find([firstId, secondId]).map(rightOf)
    if (first == null || second == null)
      throw new Failure('conflict', 'The images cannot be paired: both must have been evaluated.')
    const truth = Uint8Array.from(first, (_, image) => image % 10)
    const answer = (right: number | undefined, image: number): number => (image + (right === 1 ? 0 : 3)) % 10
    return {
      all: countAgreement(first, second),
      classes: [...agreementByClass(first, second, truth, 10)],
      flips: listFlips(first, second).map((image) => ({
        ...{ image, truth: image % 10, firstProbability: 0.8, secondProbability: 0.6 },
        firstAnswer: answer(first[image], image),
        secondAnswer: answer(second[image], image),
      })),
    }
  }

  save(draft: ComparisonDraft): SavedComparison {
    return this.#keep({ ...draft, id: `kept-${this.saved.size + 1}`, createdAt: NOW, changedAt: NOW })
  }

  change(id: string, changes: ComparisonChanges): SavedComparison {
    return this.#keep({ ...this.#require(id), ...(changes as Partial<SavedComparison>) })
  }

  delete(id: string): void {
    this.#deleted.set(id, this.#require(id))
    this.saved.delete(id)
    this.#tell()
  }

  restore(id: string): SavedComparison {
    const found = this.#deleted.get(id)
    if (found === undefined) throw new Failure('not-found', 'It is gone for good.')
    return this.#keep(found)
  }

  #find(runIds: readonly string[]): Run[] {
    return runIds.flatMap((id) => this.#runs.get(id) ?? [])
  }

  #require(id: string): SavedComparison {
    const found = this.saved.get(id)
    if (found === undefined) throw new Failure('not-found', `There is no saved comparison '${id}'.`)
    return found
  }

  #keep(comparison: SavedComparison): SavedComparison {
    this.saved.set(comparison.id, comparison)
    this.#tell()
    return comparison
  }

  #tell(): void {
    this.#announce({ type: 'comparisons-changed', comparisons: this.list() })
  }
}

/** The first so many images that each run has right, but for a few of its own: runs agree on most of them. */
function rightOf({ id, evaluation }: Run): Uint8Array | null {
  if (evaluation === null) return null
  const { correct, count } = evaluation.metrics
  const random = new Random(Number(id.replace(/\D/g, '')) || 1)
  const right = new Uint8Array(count).fill(1, 0, correct)
  for (let swap = 0; swap < 150; swap++) {
    right[random.nextUint32() % correct] = 0
    right[correct + (random.nextUint32() % (count - correct))] = 1
  }
  return right
}
