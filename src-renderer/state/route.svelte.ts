// Where the page is: a copy of the address, kept by the browser's own history so that Back and Forward work.
import { readParameters, readPlace, type Place } from './place.ts'

export class Route {
  #hash = $state(location.hash)
  /** What was last shown on these pages, so that one comes back to the same photos, or to the runs as they were sorted. */
  readonly #left: Record<'runs' | 'classify', string> = $state({ runs: '#/runs', classify: '#/classify' })
  readonly place: Place = $derived(readPlace(this.#hash))
  readonly parameters: URLSearchParams = $derived(readParameters(this.#hash))

  constructor() {
    this.#show(location.hash)
    addEventListener('hashchange', () => this.#show(location.hash))
  }

  /** Of a page as it was left, where it is one that one comes back to. */
  addressOf(page: string): string {
    return page === 'runs' || page === 'classify' ? this.#left[page] : `#/${page}`
  }

  /** @param address such as `#/runs` */
  go(address: string): void {
    location.hash = address
  }

  /** Writes what is shown into the address without a new step for Back; empty values are left out. */
  note(parameters: Readonly<Record<string, string>>): void {
    const [path = ''] = location.hash.split('?')
    const kept = Object.entries(parameters).filter(([, value]) => value !== '')
    const text = kept.length > 0 ? `?${new URLSearchParams(kept).toString()}` : ''
    const hash = `${path === '' ? '#/runs' : path}${text}`
    if (hash === location.hash) return
    history.replaceState(null, '', hash)
    this.#show(hash)
  }

  #show(hash: string): void {
    this.#hash = hash
    const { page } = readPlace(hash)
    if (page === 'classify' || (page === 'runs' && hash !== '')) this.#left[page] = hash
  }
}
