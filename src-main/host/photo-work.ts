// Photo batches at work: started, told about a few times a second, cancelled, and set aside when the application ends.
import type { AppEvent } from '#shared/contract.ts'
import { describeFailure } from '#shared/failure.ts'
import type { PhotoBatch } from '#shared/photo-batch.ts'
import type { Home } from '../home.ts'
import { classifyBatch } from '../photos/classify-batch.ts'
import type { PhotoTools } from '../photos/classify-photo.ts'
import { findJudge } from '../photos/judge-source.ts'
import type { Store } from '../store/open-store.ts'
import type { Log } from './calls.ts'

const ANNOUNCE_EVERY_MS = 300

export interface PhotoWorkSettings {
  readonly store: Store
  readonly home: Home
  readonly tools: PhotoTools
  readonly announce: (event: AppEvent) => void
  readonly log: Log
}

interface Job {
  readonly ending: AbortController
  readonly ended: Promise<void>
}

export class PhotoWork {
  readonly #settings: PhotoWorkSettings
  readonly #jobs = new Map<string, Job>()
  readonly #activities = new Map<string, string>()
  readonly #announcedAt = new Map<string, number>()
  #isClosed = false

  constructor(settings: PhotoWorkSettings) {
    this.#settings = settings
  }

  isAtWork(batchId: string): boolean {
    return this.#jobs.has(batchId)
  }

  async readBatch(batchId: string): Promise<PhotoBatch> {
    const batch = await this.#settings.store.photos.readBatch(batchId)
    return { ...batch, activity: this.#activities.get(batchId) ?? null }
  }

  async listBatches(): Promise<PhotoBatch[]> {
    const batches = await this.#settings.store.photos.listBatches()
    return batches.map((batch) => ({ ...batch, activity: this.#activities.get(batch.id) ?? null }))
  }

  /** Returns at once; the batch is announced as it goes on. */
  start(batchId: string): void {
    if (this.#jobs.has(batchId) || this.#isClosed) return
    const ending = new AbortController()
    this.#jobs.set(batchId, { ending, ended: this.#work(batchId, ending.signal) })
  }

  /** Resolves when nothing of the batch goes on any more. */
  async cancel(batchId: string): Promise<void> {
    const job = this.#jobs.get(batchId)
    job?.ending.abort()
    await job?.ended
  }

  /** What goes on becomes 'interrupted'. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#jobs.keys()].map((batchId) => this.cancel(batchId)))
  }

  async announce(batchId: string): Promise<PhotoBatch> {
    this.#announcedAt.set(batchId, performance.now())
    const batch = await this.readBatch(batchId)
    this.#settings.announce({ type: 'photo-batch-changed', batch })
    return batch
  }

  /** Never rejects: how it ended is told by the batch, and where that cannot be stored, by the log. */
  async #work(batchId: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#workToEnd(batchId, signal)
    } catch (error) {
      this.#settings.log(`Photo batch ${batchId}: its end was not stored: ${describeFailure(error).message}`)
    }
    this.#jobs.delete(batchId)
    this.#activities.delete(batchId)
    this.#announcedAt.delete(batchId)
    this.#settings.announce({ type: 'photos-changed', batchId })
    await this.#tellBatch(batchId)
  }

  /** @throws Failure when how it ended cannot be stored */
  async #workToEnd(batchId: string, signal: AbortSignal): Promise<void> {
    const { photos } = this.#settings.store
    try {
      await this.#classify(batchId, signal)
      await photos.setStatus(batchId, 'completed', null)
    } catch (error) {
      const { code, message } = describeFailure(error)
      if (code === 'internal') this.#settings.log(`Photo batch ${batchId}: ${String(error)}`)
      if (this.#isClosed)
        await photos.setStatus(batchId, 'interrupted', 'Atelier ended while these photos were classified.')
      else await photos.setStatus(batchId, code === 'cancelled' ? 'cancelled' : 'failed', message)
    }
  }

  async #classify(batchId: string, signal: AbortSignal): Promise<void> {
    const { store, home, tools, log } = this.#settings
    const { runs } = await store.photos.readBatch(batchId)
    const judges = await Promise.all(runs.map(({ runId }) => findJudge(store, home, runId)))
    await classifyBatch({
      ...{ batchId, tools, judges, signal },
      photos: store.photos,
      onActivity: (activity) => {
        if (activity === null) this.#activities.delete(batchId)
        else this.#activities.set(batchId, activity)
        void this.#tellBatch(batchId)
      },
      onStored: () => this.#tellProgress(batchId),
      onDefect: (error) =>
        log(`Photo batch ${batchId}: ${error instanceof Error ? error.stack : String(error)}`),
    })
  }

  #tellProgress(batchId: string): void {
    const now = performance.now()
    if (now - (this.#announcedAt.get(batchId) ?? Number.NEGATIVE_INFINITY) < ANNOUNCE_EVERY_MS) return
    this.#settings.announce({ type: 'photos-changed', batchId })
    void this.#tellBatch(batchId)
  }

  /** Never rejects: a batch that cannot be read now is told of the next time. */
  async #tellBatch(batchId: string): Promise<void> {
    try {
      await this.announce(batchId)
    } catch (error) {
      this.#settings.log(`Photo batch ${batchId}: ${describeFailure(error).message}`)
    }
  }
}
