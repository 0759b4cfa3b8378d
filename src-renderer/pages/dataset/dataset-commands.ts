// What can be done from the keyboard on the page of a dataset, beside the keys of the grid itself.
import type { Command } from '../../state/commands.svelte.ts'
import type { DatasetView } from './dataset-view.svelte.ts'

export function datasetCommands(view: DatasetView, focusGrid: () => void): readonly Command[] {
  const group = 'Images'
  return [
    { id: 'focus-images', label: 'Go to the images', group, keys: 'g', run: focusGrid },
    { id: 'toggle-labels', label: 'Show or hide labels', group, keys: 'l', run: () => view.toggleLabels() },
    { id: 'clear-filter', label: 'Clear the filter', group, keys: 'shift+x', run: () => view.clearFilter() },
    {
      id: 'sort-by-likeness',
      label: 'Sort by likeness to the image that the keyboard is on',
      group,
      keys: 's',
      run: () => {
        const image = view.opened ?? view.selection.active
        if (image !== null) view.sortByLikeness(image)
      },
    },
  ]
}
