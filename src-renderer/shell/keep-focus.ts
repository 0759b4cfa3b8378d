// The keyboard's place outlives what it was on: where the element with the focus goes away or is disabled, browsers leave
// the keyboard nowhere. It goes back to where it was before, as far as that is still there, else to the page itself.

/** Places that are remembered: the one that went away, and those before it. */
const REMEMBERED = 8

/** To be called once for the document; returns how to end it. */
export function keepFocus(document: Document): () => void {
  let places: readonly HTMLElement[] = []
  const remember = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return
    places = [target, ...places.filter((place) => place !== target)].slice(0, REMEMBERED)
  }
  const isThere = (place: HTMLElement): boolean => place.isConnected && !place.matches(':disabled')
  const mend = (): void => {
    const [last] = places
    if (document.activeElement !== document.body || last === undefined || isThere(last)) return
    places = places.filter(isThere)
    const place = places[0] ?? document.querySelector<HTMLElement>('main')
    place?.focus({ preventScroll: true })
  }
  const observer = new MutationObserver(mend)
  document.addEventListener('focusin', remember)
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  return () => {
    observer.disconnect()
    document.removeEventListener('focusin', remember)
  }
}
