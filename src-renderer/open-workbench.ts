// Assembles the page's state over a channel: the only place that constructs it. Tests do the same over a fake host.
import type { Channel } from './channel.ts'
import { Calibrations } from './state/calibrations.svelte.ts'
import { Commands } from './state/commands.svelte.ts'
import { Comparison } from './state/comparison.svelte.ts'
import { Connection } from './state/connection.svelte.ts'
import { Datasets } from './state/datasets.svelte.ts'
import { Draft } from './state/draft.svelte.ts'
import { ExperimentForm } from './state/experiment-form.svelte.ts'
import { History } from './state/history.svelte.ts'
import { LiveRun } from './state/live-run.svelte.ts'
import { PaperPlan } from './state/paper-plan.svelte.ts'
import { QueueState } from './state/queue-state.svelte.ts'
import { Route } from './state/route.svelte.ts'
import { SavedComparisons } from './state/saved-comparisons.svelte.ts'
import { SettingsState } from './state/settings-state.svelte.ts'
import { SweepPlan } from './state/sweep-plan.svelte.ts'
import { SystemState } from './state/system-state.svelte.ts'
import { TableViews } from './state/table-views.svelte.ts'
import { Toasts } from './state/toasts.svelte.ts'
import type { Workbench } from './workbench.ts'

export function openWorkbench(channel: Channel): Workbench {
  const connection = new Connection(channel)
  const queue = new QueueState(connection)
  const history = new History(connection)
  const datasets = new Datasets(connection)
  const form = new ExperimentForm(datasets)
  const settings = new SettingsState(connection)
  const workbench: Workbench = {
    client: connection.client,
    connection,
    route: new Route(),
    toasts: new Toasts(),
    commands: new Commands(),
    settings,
    queue,
    live: new LiveRun(connection, queue),
    history,
    comparison: new Comparison(),
    saved: new SavedComparisons(connection),
    runViews: new TableViews(connection, 'runs'),
    draft: new Draft(),
    datasets,
    form,
    plan: new SweepPlan(connection.client, form, history),
    calibrations: new Calibrations(connection, settings),
    system: new SystemState(connection.client),
    paper: new PaperPlan(connection),
  }
  void connection.run()
  return workbench
}
