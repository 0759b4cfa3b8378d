// Blocks of shared memory for the length of one kernel.
import type { SimdBackend } from '../backend.ts'

/** Calls `use` with the addresses of blocks of these sizes, and gives them back whatever happens. */
export function withBlocks(
  { machine }: SimdBackend,
  bytes: readonly number[],
  use: (pointers: readonly number[]) => void,
): void {
  const pointers = bytes.map((size) => machine.allocator.allocate(size))
  try {
    use(pointers)
  } finally {
    for (const pointer of pointers) machine.allocator.free(pointer)
  }
}
