// Keys that follow each other at once: nothing that waits for a moment of rest has one between them, however slow the
// machine is.
import { tick } from 'svelte'

export async function pressAtOnce(element: Element, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await tick() // as after every key, the page shows what it did
  }
}
