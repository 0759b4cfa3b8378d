// A name for each run that no other has, for legends, axes and lists.
interface NamedRun {
  readonly id: string
  readonly name: string
}

/** The run's own name; where several have it, with the id behind. */
export function labelRuns(runs: readonly NamedRun[]): ReadonlyMap<string, string> {
  const counts = Map.groupBy(runs, ({ name }: NamedRun) => name)
  return new Map(
    runs.map(({ id, name }) => [id, (counts.get(name)?.length ?? 0) > 1 ? `${name} · ${id}` : name]),
  )
}
