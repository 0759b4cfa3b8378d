// The photo batches there are, newest first, as a copy of the host's list that follows what is announced.
import type { PhotoBatch } from '#shared/photo-batch.ts'
import type { Connection } from '../../state/connection.svelte.ts'
import { Reading } from '../../state/reading.svelte.ts'

export class Batches extends Reading {
  list: readonly PhotoBatch[] = $state.raw([])
  readonly #connection: Connection
  readonly #stop: () => void

  constructor(connection: Connection) {
    super()
    this.#connection = connection
    this.#stop = connection.listen({
      connected: () => void this.read(),
      heard: (event) => {
        if (event.type === 'photo-batch-changed') this.take(event.batch)
        if (event.type === 'photo-batch-deleted')
          this.list = this.list.filter(({ id }) => id !== event.batchId)
      },
    })
  }

  close(): void {
    this.#stop()
  }

  find(batchId: string): PhotoBatch | undefined {
    return this.list.find(({ id }) => id === batchId)
  }

  async read(): Promise<void> {
    await this.readNewest(
      () => this.#connection.client.photos.listBatches({}),
      (list) => {
        this.list = sort(list)
      },
    )
  }

  /** Puts in what an answer or an announcement says of one batch. */
  take(batch: PhotoBatch): void {
    this.list = sort([batch, ...this.list.filter(({ id }) => id !== batch.id)])
  }
}

function sort(batches: readonly PhotoBatch[]): PhotoBatch[] {
  return batches.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))
}
