// Addresses of the page, after the #: which page they name and what it is to show. Plain text both ways, so that an
// address can be shared, kept and come back to.
export type Place =
  | { readonly page: 'experiments' }
  | { readonly page: 'runs' }
  | { readonly page: 'compare' }
  | { readonly page: 'classify' }
  | { readonly page: 'datasets' }
  | { readonly page: 'paper' }
  | { readonly page: 'dataset'; readonly datasetId: string }
  | { readonly page: 'quality'; readonly datasetId: string }
  | { readonly page: 'settings' }
  | { readonly page: 'run'; readonly runId: string }
  | { readonly page: 'evaluation'; readonly runId: string }
  | { readonly page: 'inside'; readonly runId: string }
  | { readonly page: 'unknown'; readonly address: string }

export function readPlace(hash: string): Place {
  const address = hash.replace(/^#\/?/, '')
  const [path = ''] = address.split('?')
  const [page, name, ...more] = path.split('/').filter((part) => part !== '')
  if (page === undefined) return { page: 'runs' }
  if (page === 'runs' && name !== undefined && more.length === 0) return { page: 'run', runId: decode(name) }
  if (page === 'runs' && name !== undefined && more.length === 1 && more[0] === 'evaluation')
    return { page: 'evaluation', runId: decode(name) }
  if (page === 'runs' && name !== undefined && more.length === 1 && more[0] === 'inside')
    return { page: 'inside', runId: decode(name) }
  if (page === 'datasets' && name !== undefined && more.length === 0)
    return { page: 'dataset', datasetId: decode(name) }
  if (page === 'datasets' && name !== undefined && more.length === 1 && more[0] === 'quality')
    return { page: 'quality', datasetId: decode(name) }
  if (name !== undefined) return { page: 'unknown', address }
  if (page === 'runs' || page === 'experiments' || page === 'datasets') return { page }
  if (page === 'compare' || page === 'classify' || page === 'paper' || page === 'settings') return { page }
  return { page: 'unknown', address }
}

/** What stands after the question mark. */
export function readParameters(hash: string): URLSearchParams {
  return new URLSearchParams(hash.split('?').slice(1).join('?'))
}

export function addressOfRun(runId: string): string {
  return `#/runs/${encodeURIComponent(runId)}`
}

export function addressOfEvaluation(runId: string): string {
  return `${addressOfRun(runId)}/evaluation`
}

/** @param parameters which image, and what of the network: see pages/inside/inside-address.ts */
export function addressOfInside(runId: string, parameters: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams(parameters).toString()
  return `${addressOfRun(runId)}/inside${text === '' ? '' : `?${text}`}`
}

export function addressOfDataset(datasetId: string): string {
  return `#/datasets/${encodeURIComponent(datasetId)}`
}

export function addressOfQuality(datasetId: string): string {
  return `${addressOfDataset(datasetId)}/quality`
}

/** A photo batch on the Classify page. */
export function addressOfPhotos(batchId: string): string {
  return `#/classify?batch=${encodeURIComponent(batchId)}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a % that encodes nothing: the run will not be found, and the page says so
  }
}
