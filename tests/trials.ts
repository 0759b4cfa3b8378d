// How often a random trial is repeated: a few times with every `npm test`, and with ATELIER_NIGHTLY=1 as often as
// docs/reliability.md promises.

const IS_NIGHTLY = process.env['ATELIER_NIGHTLY'] === '1'

/** @param nightly as promised; it also takes as much longer */
export function trials(quick: number, nightly: number): number {
  return IS_NIGHTLY ? nightly : quick
}

/** The patience of a test with so many trials, each of which may take `msEach`. */
export function patience(count: number, msEach: number): { readonly timeout: number } {
  return { timeout: 30_000 + count * msEach }
}
