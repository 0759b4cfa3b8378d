// Which page stands at which place: THE table of pages. Each is a chunk of its own, loaded when it is first shown or
// when there is time; a new page is a place in state/place.ts and one line here.
import type { Component } from 'svelte'
import type { Place } from './state/place.ts'

/** A page takes what its place says beside the name: `{page: 'run', runId}` becomes the property `runId`. */
type PageOf<P extends Place> = Component<Omit<P, 'page'>>
type Loaders = {
  readonly [P in Place as P['page']]: () => Promise<{ readonly default: PageOf<P> }>
}

const LOADERS: Loaders = {
  experiments: () => import('./pages/Experiments.svelte'),
  runs: () => import('./pages/Runs.svelte'),
  run: () => import('./pages/Run.svelte'),
  evaluation: () => import('./pages/Evaluation.svelte'),
  inside: () => import('./pages/Inside.svelte'),
  compare: () => import('./pages/Compare.svelte'),
  classify: () => import('./pages/Classify.svelte'),
  datasets: () => import('./pages/Datasets.svelte'),
  paper: () => import('./pages/Paper.svelte'),
  dataset: () => import('./pages/Dataset.svelte'),
  quality: () => import('./pages/Quality.svelte'),
  settings: () => import('./pages/Settings.svelte'),
  unknown: () => import('./pages/Unknown.svelte'),
}

/** Loads a page once; asking again is free, and asking after a failure tries again. */
export async function loadPage(page: Place['page']): Promise<PageOf<Place>> {
  const module = await LOADERS[page]()
  return module.default as PageOf<Place> // the table's type has paired the page with its place
}

/** Loads all pages, one after the other, while the browser has nothing else to do. A failure is told when it matters. */
export function loadPagesAtLeisure(): void {
  const names = Object.keys(LOADERS) as Place['page'][]
  const next = (): void => {
    const name = names.shift()
    if (name !== undefined) requestIdleCallback(() => void loadPage(name).then(next, next), { timeout: 5000 })
  }
  next()
}
