// What stands in the form of the Experiments page, and all that follows from it: the sweep, what to know of it, and how
// far it is from where it began. It outlives the page, and a reload of the window.
import { z } from 'zod'
import type { DatasetSummary } from '#shared/contract.ts'
import { ENGINE_CHOICES, type EngineChoice } from '#shared/engine.ts'
import type { Experiment } from '#shared/experiment.ts'
import { listDefaultTexts } from '#shared/default-texts.ts'
import { textsOf, type FieldTexts } from '#shared/field-texts.ts'
import { adviseSweep } from '#shared/sweep-advice.ts'
import { expandSweep, listApplicable, type Sweep } from '#shared/sweep.ts'
import { chooseUsual, describeForSweep, type Datasets } from './datasets.svelte.ts'

const stateSchema = z.object({
  datasetId: z.string().nullable(),
  texts: z.record(z.string(), z.string()),
  origin: z
    .object({ label: z.string(), note: z.string(), texts: z.record(z.string(), z.string()) })
    .nullable(),
  name: z.string(),
  tags: z.string(),
  engine: z.enum(ENGINE_CHOICES).nullable(),
})
type FormState = z.infer<typeof stateSchema>

/** What the texts began as: a preset or a run, for people. */
export type FormOrigin = NonNullable<FormState['origin']>

const KEY = 'atelier-experiment-form'
const EMPTY: FormState = { datasetId: null, texts: {}, origin: null, name: '', tags: '', engine: null }
const NO_SWEEP: Sweep = { combinations: [], swept: [], faults: {}, problem: null, lists: new Map() }

export class ExperimentForm {
  #state: FormState = $state.raw(EMPTY)
  readonly #datasets: Datasets

  readonly texts: FieldTexts = $derived(this.#state.texts)
  readonly origin: FormOrigin | null = $derived(this.#state.origin)
  readonly engine: EngineChoice | null = $derived(this.#state.engine)
  readonly dataset: DatasetSummary | undefined
  readonly sweep: Sweep = $derived(this.#expand())
  readonly settings = $derived(listApplicable(this.#state.texts))
  readonly defaults = $derived.by(() => {
    const dataset = this.dataset
    if (dataset === undefined) return {}
    return listDefaultTexts(this.#state.texts, this.settings, {
      id: dataset.id,
      trainCount: dataset.trainCount,
    })
  })
  readonly advice = $derived.by(() => {
    const dataset = this.dataset
    return dataset === undefined ? [] : adviseSweep(this.sweep, describeForSweep(dataset))
  })
  readonly experiments: readonly Experiment[] = $derived(
    this.sweep.combinations.flatMap((one) => (one.state === 'valid' ? [one.experiment] : [])),
  )
  /** Names of the settings that are no longer as where they began. */
  readonly changed: readonly string[] = $derived(this.#listChanged())

  constructor(datasets: Datasets) {
    this.#datasets = datasets
    this.dataset = $derived(
      datasets.usable.find(({ id }) => id === this.#state.datasetId) ?? chooseUsual(datasets.usable),
    )
    this.#state = recall()
  }

  get name(): string {
    return this.#state.name
  }
  set name(name: string) {
    this.#change({ name })
  }

  get tags(): string {
    return this.#state.tags
  }
  set tags(tags: string) {
    this.#change({ tags })
  }

  /** The text in a field: what was typed, or the default that stands for it. */
  textOf(name: string): string {
    return this.#state.texts[name] ?? this.defaults[name]?.text ?? ''
  }

  setTexts(changes: FieldTexts): void {
    const merged = { ...this.#state.texts, ...changes }
    const kept = Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined)
    this.#change({ texts: Object.fromEntries(kept) })
  }

  /** To be called when a field is left: one that is empty, or says no more than its default, stands for it again. */
  settle(name: string): void {
    const text = this.#state.texts[name]?.trim()
    if (text === '' || text === this.defaults[name]?.text) this.setTexts({ [name]: undefined })
  }

  chooseDataset(datasetId: string): void {
    this.#change({ datasetId })
  }

  chooseEngine(engine: EngineChoice): void {
    this.#change({ engine })
  }

  /** Replaces all settings; the dataset, the engine and the tags stay. */
  start(origin: Omit<FormOrigin, 'texts'>, texts: FieldTexts): void {
    this.#change({ texts: {} })
    this.setTexts(texts)
    this.#change({ origin: { ...origin, texts: this.#state.texts }, name: '' })
  }

  /** All settings of one experiment, its dataset included where it is here. */
  startFrom(experiment: Experiment, label: string): void {
    const dataset = this.#datasets.usable.find(({ id }) => id === experiment.dataset) ?? this.dataset
    if (dataset === undefined) return
    this.chooseDataset(dataset.id)
    const note = dataset.id === experiment.dataset ? '' : `Its dataset ${experiment.dataset} is not here.`
    this.start({ label, note }, textsOf(experiment, dataset.trainCount))
  }

  /** Back to where it began, or to the defaults. */
  reset(): void {
    this.#change({ texts: this.#state.origin?.texts ?? {} })
  }

  #expand(): Sweep {
    return this.dataset === undefined
      ? NO_SWEEP
      : expandSweep(this.#state.texts, describeForSweep(this.dataset))
  }

  #listChanged(): readonly string[] {
    const from = this.#state.origin?.texts ?? {}
    const names = new Set([...Object.keys(from), ...Object.keys(this.#state.texts)])
    return [...names].filter((name) => (from[name] ?? '') !== (this.#state.texts[name] ?? '').trim())
  }

  #change(changes: Partial<FormState>): void {
    this.#state = { ...this.#state, ...changes }
    sessionStorage.setItem(KEY, JSON.stringify(this.#state))
  }
}

/** What the window held before a reload; nothing when it cannot be read. */
function recall(): FormState {
  try {
    return stateSchema.parse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'))
  } catch {
    return EMPTY
  }
}
