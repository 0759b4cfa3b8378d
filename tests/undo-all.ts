// Takes back what tests have made: a step that fails keeps none of the others from being taken.

/**
 * Takes the steps in their order, one after the other.
 * @throws Error of the step that failed, or AggregateError of those that did, after the last step
 */
export async function undoAll(steps: readonly (() => unknown)[]): Promise<void> {
  const failures: unknown[] = []
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length === 1) throw failures[0]
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} steps could not be undone`)
}
