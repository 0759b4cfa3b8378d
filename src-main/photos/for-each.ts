// Work on many things, a few at a time and in their order.

/**
 * Begins nothing more once the signal says so, or once something failed; resolves when what was begun has ended.
 * @throws what the first one failed with
 */
export async function forEach<Item>(
  items: readonly Item[],
  atOnce: number,
  signal: AbortSignal | undefined,
  work: (item: Item, place: number) => Promise<void>,
): Promise<void> {
  const rest = items.entries()
  const failures: unknown[] = []
  const lane = async (): Promise<void> => {
    for (const [place, item] of rest) {
      if (signal?.aborted === true || failures.length > 0) return
      try {
        await work(item, place)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  if (failures.length > 0) throw failures[0]
}
