// Disjoint sets: pairs that belong together become groups. Tarjan 1975, with path halving and union by size.

export class UnionFind {
  readonly #parents: Uint32Array
  readonly #sizes: Uint32Array

  constructor(count: number) {
    this.#parents = Uint32Array.from({ length: count }, (_, item) => item)
    this.#sizes = new Uint32Array(count).fill(1)
  }

  /** The one item that stands for the whole set. */
  find(item: number): number {
    const parents = this.#parents
    let at = item
    for (;;) {
      const parent = parents[at] ?? at
      if (parent === at) return at
      const above = parents[parent] ?? parent
      parents[at] = above
      at = above
    }
  }

  join(first: number, second: number): void {
    const [a, b] = [this.find(first), this.find(second)]
    if (a === b) return
    const [small, large] = (this.#sizes[a] ?? 0) < (this.#sizes[b] ?? 0) ? [a, b] : [b, a]
    this.#parents[small] = large
    this.#sizes[large] = (this.#sizes[large] ?? 0) + (this.#sizes[small] ?? 0)
  }

  /** Every set with more than one item, each ascending, in the order of their first items. */
  groups(): number[][] {
    const groups = new Map<number, number[]>()
    this.#parents.forEach((_, item) => {
      const root = this.find(item)
      if ((this.#sizes[root] ?? 0) < 2) return
      const group = groups.get(root)
      if (group === undefined) groups.set(root, [item])
      else group.push(item)
    })
    return [...groups.values()]
  }
}
