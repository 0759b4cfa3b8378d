// All that pages may ask for, made once in main.ts and handed down by Svelte's context.
import { createContext } from 'svelte'
import type { Client } from '#shared/client.ts'
import type { Calibrations } from './state/calibrations.svelte.ts'
import type { Commands } from './state/commands.svelte.ts'
import type { Comparison } from './state/comparison.svelte.ts'
import type { Connection } from './state/connection.svelte.ts'
import type { Datasets } from './state/datasets.svelte.ts'
import type { Draft } from './state/draft.svelte.ts'
import type { ExperimentForm } from './state/experiment-form.svelte.ts'
import type { History } from './state/history.svelte.ts'
import type { LiveRun } from './state/live-run.svelte.ts'
import type { PaperPlan } from './state/paper-plan.svelte.ts'
import type { QueueState } from './state/queue-state.svelte.ts'
import type { Route } from './state/route.svelte.ts'
import type { SavedComparisons } from './state/saved-comparisons.svelte.ts'
import type { SettingsState } from './state/settings-state.svelte.ts'
import type { SweepPlan } from './state/sweep-plan.svelte.ts'
import type { SystemState } from './state/system-state.svelte.ts'
import type { TableViews } from './state/table-views.svelte.ts'
import type { Toasts } from './state/toasts.svelte.ts'

export interface Workbench {
  readonly client: Client
  readonly connection: Connection
  readonly route: Route
  readonly toasts: Toasts
  readonly commands: Commands
  readonly settings: SettingsState
  readonly queue: QueueState
  readonly live: LiveRun
  readonly history: History
  readonly comparison: Comparison
  readonly saved: SavedComparisons
  readonly draft: Draft
  /** How the table of runs is looked at. */
  readonly runViews: TableViews
  readonly datasets: Datasets
  readonly form: ExperimentForm
  readonly plan: SweepPlan
  readonly calibrations: Calibrations
  readonly system: SystemState
  readonly paper: PaperPlan
}

const [read, provide] = createContext<Workbench>()

/** To be called while a component starts. */
export const useWorkbench = read
export const provideWorkbench = provide
