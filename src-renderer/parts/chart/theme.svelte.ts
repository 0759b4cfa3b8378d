// The colours of the theme as a canvas needs them: read from the tokens, and anew whenever the theme changes.
import { createSubscriber } from 'svelte/reactivity'

const subscribe = createSubscriber((update) => {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const observer = new MutationObserver(update)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  system.addEventListener('change', update)
  return () => {
    observer.disconnect()
    system.removeEventListener('change', update)
  }
})

/** Gives the colour of a token, such as `--ink`, as it is now. */
export function readColours(element: HTMLElement): (token: string) => string {
  subscribe()
  const known = new Map<string, string>()
  return (token) => {
    const colour = known.get(token) ?? resolve(element, token)
    known.set(token, colour)
    return colour
  }
}

/** A token may be `light-dark(…)`; only a used property tells which of the two it is. */
function resolve(element: HTMLElement, token: string): string {
  const before = element.style.color
  element.style.color = `var(${token})`
  const colour = getComputedStyle(element).color
  element.style.color = before
  return colour
}
