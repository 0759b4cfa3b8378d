// The page of the hidden window that computes on a GPU: it waits for one port, and serves a trainer process over it. It is
// sandboxed, has no Node, no network and nothing to show.
import '#shared/zod-without-eval.ts'
import { WINDOW_GREETING } from '#shared/window-training.ts'
import { startEngine } from './engines.ts'
import { letMessagesIn } from './let-messages-in.ts'
import { servePort } from './serve-port.ts'

addEventListener('message', ({ data, ports, source }) => {
  const [port] = ports
  if (data !== WINDOW_GREETING || source !== window || port === undefined) return
  servePort(port, { startEngine, letMessagesIn })
  port.start()
})
