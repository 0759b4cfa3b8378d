// What the palette offers for what was typed: commands whose words all begin or contain the typed ones, then runs.
import type { RunSummary } from '#shared/run-list.ts'
import type { Command } from '../state/commands.svelte.ts'
import { addressOfRun } from '../state/place.ts'

export interface PaletteEntry {
  readonly id: string
  readonly label: string
  readonly group: string
  /** At the end of the line: keys, or the state of a run. */
  readonly keys?: string
  readonly note?: string
  readonly run: () => void
}

const MOST_RUNS = 8
const MOST_COMPARED = 4
/** Opening the palette from within it would do nothing. */
const NOT_OFFERED = new Set(['palette', 'sheet-mod+/'])

export function offerEntries(
  commands: readonly Command[],
  runs: readonly RunSummary[],
  typed: string,
  go: (address: string) => void,
  compare: (runId: string) => void,
): readonly PaletteEntry[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const fits = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word))
  const offered = commands.filter(({ id, label, group, hidden }) => {
    return hidden !== true && !NOT_OFFERED.has(id) && fits(`${group} ${label}`)
  })
  const found = words.length === 0 ? [] : runs.filter(({ name }) => fits(name))
  const newest = found
    .toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))
    .slice(0, MOST_RUNS)
  return [
    ...offered,
    ...newest.map(({ id, name, status }) => ({
      id: `run ${id}`,
      label: name,
      group: 'Runs',
      note: status,
      run: () => go(addressOfRun(id)),
    })),
    ...newest.slice(0, MOST_COMPARED).map(({ id, name }) => ({
      id: `compare ${id}`,
      label: name,
      group: 'Compare',
      note: 'add to the comparison',
      run: () => compare(id),
    })),
  ]
}
