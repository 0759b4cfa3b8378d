// What the Experiments page does by itself while it is shown. Each is to be called while the page's component starts.
import type { Workbench } from '../../workbench.ts'

/** After the last key. */
const ASK_AFTER_MS = 250
const MEASURE_AFTER_MS = 1500
/** More networks than these are only measured when asked for. */
const MEASURED_UNASKED = 2

/** Fills the form with what another page has handed over, once the datasets are known. */
export function takeDraft({ draft, datasets, form }: Workbench): void {
  $effect(() => {
    if (datasets.status !== 'ready' || !draft.isWaiting) return
    const taken = draft.takeDraft()
    if (taken !== null) form.startFrom(taken.experiment, taken.origin)
  })
}

/** Asks which runs are done, after typing and whenever a run ends. */
export function keepLookedUp({ plan, form, history, connection }: Workbench): void {
  const completed = $derived(history.runs.filter(({ status }) => status === 'completed').length)
  $effect(() => {
    if (connection.status !== 'connected' || form.experiments.length === 0 || completed < 0) return
    const timer = setTimeout(() => void plan.lookUp(), ASK_AFTER_MS)
    return () => clearTimeout(timer)
  })
}

/** Measures the chosen engine after typing, as long as nothing trains that it would disturb. */
export function keepMeasured({
  plan,
  form,
  calibrations,
  queue,
  settings,
  connection,
  toasts,
}: Workbench): void {
  $effect(() => {
    const engine = form.engine ?? settings.current?.engine
    if (connection.status !== 'connected' || engine === undefined || !queue.isKnown) return
    if (queue.current.current !== null || queue.current.waiting.length > 0) return
    if (
      plan.toMake.length === 0 ||
      calibrations.measuring !== null ||
      calibrations.problems[engine] !== undefined
    )
      return
    const groups = plan.costGroups
    const missing = calibrations.listMissing(engine, groups)
    if (missing.length === 0 || missing.length > MEASURED_UNASKED) return
    const directory = form.dataset?.directory ?? null
    const measure = (): void => void toasts.attempt(() => calibrations.measure([engine], groups, directory))
    const timer = setTimeout(measure, MEASURE_AFTER_MS)
    return () => clearTimeout(timer)
  })
}
