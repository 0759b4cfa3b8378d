// The whole of a worker: take part in every phase until the engine is closed. The entry of a worker, in Node or in a
// page, receives a ThreadStart by message and hands it over; the call returns when the engine closes.
import type { ThreadStart } from './machine.ts'
import { instantiateKernels } from './web-assembly.ts'

export function serveThread({ module, memory, control, thread }: ThreadStart): void {
  instantiateKernels(module, memory).serve(control, thread)
}
