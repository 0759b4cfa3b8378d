// The marks of one dataset as a copy of the host's, and the changes of them. Every change can be undone, here and later.
import type { ImageSource } from '#shared/contract/images.ts'
import { describeFailure } from '#shared/failure.ts'
import { type Mark, type MarksState, unmarked } from '#shared/marks.ts'
import type { Connection } from './connection.svelte.ts'

export class Marks {
  status: 'loading' | 'ready' | 'failed' = $state('loading')
  problem = $state('')
  undoable: string | null = $state(null)
  redoable: string | null = $state(null)
  #byImage: ReadonlyMap<number, Mark> = $state.raw(new Map())
  #datasetHash = ''
  readonly source: ImageSource
  readonly #connection: Connection
  readonly #stop: () => void
  #reads = 0

  constructor(connection: Connection, source: ImageSource) {
    this.source = source
    this.#connection = connection
    this.#stop = connection.listen({
      connected: () => void this.read(),
      heard: (event) => {
        if (event.type === 'marks-changed' && event.datasetHash === this.#datasetHash) void this.read()
      },
    })
  }

  get count(): number {
    return this.#byImage.size
  }

  of(image: number): Mark {
    return this.#byImage.get(image) ?? unmarked(image)
  }

  isMarked(image: number): boolean {
    return this.#byImage.has(image)
  }

  close(): void {
    this.#stop()
  }

  async read(): Promise<void> {
    const read = ++this.#reads
    try {
      const state = await this.#connection.client.marks.read(this.source)
      if (read === this.#reads) this.#take(state)
    } catch (error) {
      if (read !== this.#reads) return
      this.problem = describeFailure(error).message
      if (this.status === 'loading') this.status = 'failed'
    }
  }

  /** @throws what the call refuses with */
  async change(marks: readonly Mark[], text: string): Promise<void> {
    this.#take(await this.#connection.client.marks.change({ ...this.source, marks: [...marks], text }))
  }

  /** @throws Failure 'conflict' when there is nothing to undo */
  async undo(): Promise<void> {
    this.#take(await this.#connection.client.marks.undo(this.source))
  }

  /** @throws Failure 'conflict' when there is nothing to do again */
  async redo(): Promise<void> {
    this.#take(await this.#connection.client.marks.redo(this.source))
  }

  /** @throws what the call refuses with */
  write(format: 'csv' | 'json'): Promise<string> {
    return this.#connection.client.marks.write({ ...this.source, format })
  }

  /** Returns how many marks were taken in. @throws what the call refuses with */
  async import(text: string): Promise<number> {
    const { imported, ...state } = await this.#connection.client.marks.import({ ...this.source, text })
    this.#take(state)
    return imported
  }

  #take({ datasetHash, marks, undo, redo }: MarksState): void {
    this.#reads++ // an answer that is on its way is older
    this.#datasetHash = datasetHash
    this.#byImage = new Map(marks.map((mark) => [mark.image, mark]))
    this.undoable = undo
    this.redoable = redo
    this.status = 'ready'
    this.problem = ''
  }
}
