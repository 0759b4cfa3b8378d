// The marks of one dataset as a copy of the host's, and the changes of them. Every change can be undone, here and later.
import type { ImageSource } from '#shared/contract/images.ts'
import { type Mark, type MarksState, unmarked } from '#shared/marks.ts'
import type { Connection } from './connection.svelte.ts'
import { Reading } from './reading.svelte.ts'

export class Marks extends Reading {
  undoable: string | null = $state(null)
  redoable: string | null = $state(null)
  #byImage: ReadonlyMap<number, Mark> = $state.raw(new Map())
  #datasetHash = ''
  readonly source: ImageSource
  readonly #connection: Connection
  readonly #stop: () => void

  constructor(connection: Connection, source: ImageSource) {
    super()
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
    await this.readNewest(
      () => this.#connection.client.marks.read(this.source),
      (state) => this.#take(state),
    )
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
    this.#datasetHash = datasetHash
    this.#byImage = new Map(marks.map((mark) => [mark.image, mark]))
    this.undoable = undo
    this.redoable = redo
    this.noteRead()
  }
}
