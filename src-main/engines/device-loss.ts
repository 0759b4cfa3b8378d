// A process has one engine, and with `webgpu` that engine has one device. When the device is gone, what was asked of it fails
// without a word of why: whoever computes for a user waits for this beside it.
import type { Failure } from '#shared/failure.ts'

const { promise, reject } = Promise.withResolvers<never>()
promise.catch(() => undefined) // not every process waits

/** Rejects once what this process computes with is gone; never settles otherwise. */
export const deviceLoss: Promise<never> = promise

export function tellDeviceLoss(failure: Failure): void {
  reject(failure)
}
