// What can be done from every page.
import { THEMES } from '#shared/contract.ts'
import type { Command } from '../state/commands.svelte.ts'
import type { Workbench } from '../workbench.ts'

export function globalCommands({
  route,
  commands,
  settings,
  toasts,
  comparison,
}: Workbench): readonly Command[] {
  const goTo = (page: string, label: string, key: string): Command => ({
    id: `go-${page}`,
    label,
    group: 'Go to',
    keys: `alt+${key}`,
    run: () => route.go(route.addressOf(page)),
  })
  return [
    // Numbered as they stand at the side.
    goTo('experiments', 'Experiments', '1'),
    goTo('runs', 'Runs', '2'),
    {
      ...goTo('compare', 'Compare', '3'),
      run: () => route.go(comparison.address),
    },
    goTo('classify', 'Classify', '4'),
    goTo('datasets', 'Datasets', '5'),
    goTo('paper', 'Paper', '6'),
    goTo('settings', 'Settings', '7'),
    { id: 'go-queue', label: 'Queue', group: 'Go to', run: () => route.go('#/experiments?show=queue') },
    ...THEMES.map((theme) => ({
      id: `theme-${theme}`,
      label: theme === 'system' ? 'Theme: as the system' : `Theme: ${theme}`,
      group: 'Look',
      run: () => void toasts.attempt(() => settings.change({ theme })),
    })),
    {
      id: 'palette',
      label: 'Do anything',
      group: 'Everywhere',
      keys: 'mod+k',
      run: () => {
        commands.isPaletteOpen = true
      },
    },
    ...['?', 'mod+/'].map((keys) => ({
      id: `sheet-${keys}`,
      label: 'Shortcuts',
      group: 'Everywhere',
      keys,
      run: () => {
        commands.isSheetOpen = true
      },
    })),
  ]
}
