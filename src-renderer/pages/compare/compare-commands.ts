// The keys of the Compare page.
import type { Command } from '../../state/commands.svelte.ts'
import type { Workbench } from '../../workbench.ts'

export interface CompareDialogs {
  add(): void
  save(): void
  export(): void
}

export function compareCommands({ comparison }: Workbench, dialogs: CompareDialogs): readonly Command[] {
  const group = 'Compare'
  const act = (id: string, label: string, run: () => void, keys?: string): Command => ({
    ...{ id: `compare-${id}`, label, group, run },
    ...(keys === undefined ? {} : { keys }),
  })
  const { view } = comparison
  return [
    act('add', 'Add runs', () => dialogs.add(), 'a'),
    act('save', 'Save the comparison', () => dialogs.save(), 'mod+s'),
    act('turn', 'Turn the table', () => comparison.change({ isTurned: !comparison.view.isTurned }), 't'),
    act(
      'all',
      view.showsAll ? 'Show the settings that differ' : 'Show all settings',
      () => comparison.change({ showsAll: !comparison.view.showsAll }),
      'd',
    ),
    act('csv', 'Export the table as CSV', () => dialogs.export()),
    act('clear', 'Empty the comparison', () => comparison.start([])),
    { ...act('move', 'On a run: move it', () => undefined, 'alt+arrowright'), hidden: true },
  ]
}
