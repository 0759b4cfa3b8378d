// A fast kernel answers undefined for what it does not cover (other layouts, dilations, types): the cpu backend's kernel
// of the same name, over the same memory, then does the work.
import { getKernel, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core'
import { asSimdBackend, type SimdBackend } from '../backend.ts'

/** What a kernel is called with; attributes keep TensorFlow.js's names. */
export interface KernelCall<Attributes> {
  readonly inputs: NamedTensorInfoMap
  readonly attributes: Attributes
  readonly backend: SimdBackend
}

/** A kernel that has yet to be registered under a backend's name. */
export type PlainKernel = Omit<KernelConfig, 'backendName'>

/** A kernel of TensorFlow.js under our name, that falls back to the cpu backend's. */
export function fastKernel<Attributes>(
  kernelName: string,
  compute: (call: KernelCall<Attributes>) => TensorInfo | undefined,
): PlainKernel {
  const { kernelFunc } = getKernel(kernelName, 'cpu')
  return {
    kernelName,
    kernelFunc: (call) => {
      const backend = asSimdBackend(call.backend)
      return (
        compute({ inputs: call.inputs, attributes: call.attrs as unknown as Attributes, backend }) ??
        kernelFunc(call)
      )
    },
  }
}

/** The inputs of these names, or undefined unless all are there and hold float32 numbers. */
export function floatInputs<Name extends string>(
  { inputs, backend }: Pick<KernelCall<unknown>, 'inputs' | 'backend'>,
  ...names: Name[]
): Record<Name, TensorInfo> | undefined {
  const found = names.map((name) => [name, inputs[name]] as const)
  if (!found.every(([, tensor]) => tensor && backend.holds(tensor, 'float32'))) return undefined
  return Object.fromEntries(found) as Record<Name, TensorInfo>
}
