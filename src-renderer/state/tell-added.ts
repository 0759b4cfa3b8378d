// Adds runs to the comparison from wherever they are seen, and says so, with the way there.
import type { Comparison } from './comparison.svelte.ts'
import type { Route } from './route.svelte.ts'
import type { Toasts } from './toasts.svelte.ts'

interface Surroundings {
  readonly comparison: Comparison
  readonly route: Route
  readonly toasts: Toasts
}

export function tellAdded({ comparison, route, toasts }: Surroundings, runIds: readonly string[]): void {
  const added = comparison.add(runIds)
  const said =
    added === 0
      ? 'Already in the comparison.'
      : `Added ${added === 1 ? 'a run' : `${added} runs`} to the comparison.`
  toasts.say(said, { label: 'Compare', run: () => route.go(comparison.address) })
}
