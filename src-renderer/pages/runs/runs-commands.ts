// The keys of the Runs page.
import type { Command } from '../../state/commands.svelte.ts'
import type { RunActions } from './run-actions.ts'
import type { RunsView } from './runs-view.svelte.ts'

export interface RunsDialogs {
  rename(): void
  tag(): void
  search(): void
  saveView(): void
  export(type: 'csv' | 'json'): void
  /** Asks for the file of runs to take in. */
  import(): void
}

export function runsCommands(view: RunsView, actions: RunActions, dialogs: RunsDialogs): readonly Command[] {
  const group = 'Runs'
  const act = (id: string, label: string, run: () => unknown, keys?: string): Command => ({
    id: `runs-${id}`,
    label,
    group,
    ...(keys === undefined ? {} : { keys }),
    run: () => void run(),
  })
  const withTargets = (work: (targets: RunsView['targets']) => unknown) => () => {
    if (view.targets.length > 0) work(view.targets)
  }
  const told = (id: string, label: string, keys: string): Command => ({
    ...act(id, label, () => undefined, keys),
    hidden: true,
  })
  return [
    act('search', 'Search runs', () => dialogs.search(), '/'),
    told('move', 'Move in the table', 'arrowdown'),
    told('choose', 'Choose the run', 'space'),
    told('extend', 'Choose a range', 'shift+arrowdown'),
    told('open', 'Open the run', 'enter'),
    told('column', 'In the head: move a column', 'alt+arrowright'),
    told('width', 'In the head: make it wider', 'alt+shift+arrowright'),
    act(
      'star',
      'Star',
      withTargets((runs) => actions.star(runs)),
      's',
    ),
    act(
      'compare',
      'Compare',
      withTargets((runs) => actions.compare(runs)),
      'c',
    ),
    act(
      'tag',
      'Tags',
      withTargets(() => dialogs.tag()),
      't',
    ),
    act(
      'rename',
      'Name and notes',
      withTargets(() => dialogs.rename()),
      'f2',
    ),
    act(
      'archive',
      'Archive',
      withTargets((runs) => actions.archive(runs)),
      'e',
    ),
    act(
      'delete',
      'Delete',
      withTargets((runs) => actions.delete(runs)),
      'delete',
    ),
    act('view', 'Save this view', () => dialogs.saveView()),
    act('csv', 'Export what is shown as CSV', () => dialogs.export('csv')),
    act('json', 'Export what is shown as JSON', () => dialogs.export('json')),
    act(
      'hand-on',
      'Export whole runs',
      withTargets((runs) => actions.handOn(runs)),
    ),
    act('import', 'Import runs', () => dialogs.import()),
  ]
}
