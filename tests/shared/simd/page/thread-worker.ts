// The whole script of a thread in a page.
import type { ThreadStart } from '#shared/simd/machine.ts'
import { serveThread } from '#shared/simd/thread.ts'

const scope = globalThis as unknown as {
  addEventListener(event: 'message', listener: (event: { readonly data: ThreadStart }) => void): void
}
scope.addEventListener('message', ({ data }) => serveThread(data))
