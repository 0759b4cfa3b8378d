// Everything that the contract's calls about photos stand on, opened and closed together.
import { resolve } from 'node:path'
import type { AppEvent } from '#shared/contract.ts'
import type { Home } from '../home.ts'
import { Classifier, forkClassifier } from '../photos/classifier.ts'
import { Decoders, forkDecoder } from '../photos/decoders.ts'
import { SamplePhotos } from '../photos/sample-photos.ts'
import type { Store } from '../store/open-store.ts'
import type { SpawnTrainer } from '../training/spawn-trainer.ts'
import type { Log } from './calls.ts'
import { PhotoCloseup } from './photo-closeup.ts'
import { PhotoDesk } from './photo-desk.ts'
import { PhotoExports } from './photo-exports.ts'
import { PhotoWork } from './photo-work.ts'

/** How the processes for photos are started, and where the photos lie that come with Atelier. */
export interface PhotoMeans {
  readonly spawnDecoder: SpawnTrainer
  readonly spawnClassifier: SpawnTrainer
  readonly samplesFolder: string
}

export interface Photos {
  readonly desk: PhotoDesk
  readonly closeup: PhotoCloseup
  readonly exports: PhotoExports
  readonly samples: SamplePhotos
  readonly decoders: Decoders
  close(): Promise<void>
}

export interface PhotosSettings {
  readonly store: Store
  readonly home: Home
  readonly means?: PhotoMeans | undefined
  readonly announce: (event: AppEvent) => void
  readonly log: Log
}

/** Under Node, from the sources. */
const SAMPLES_FOLDER = resolve(import.meta.dirname, '../../resources/sample-photos')

const NODE_MEANS: Omit<PhotoMeans, 'samplesFolder'> = {
  spawnDecoder: forkDecoder,
  spawnClassifier: forkClassifier,
}

export async function openPhotos({ store, home, means, announce, log }: PhotosSettings): Promise<Photos> {
  const { spawnDecoder, spawnClassifier } = means ?? NODE_MEANS
  const decoders = new Decoders(spawnDecoder)
  const classifier = new Classifier(spawnClassifier)
  const tools = { decoders, classifier }
  const work = new PhotoWork({ store, home, tools, announce, log })
  const desk = new PhotoDesk({ store, home, tools, work, announce })
  await desk.start()
  return {
    desk,
    decoders,
    closeup: new PhotoCloseup({ store, home, tools, tellChange: (batchId) => desk.tellChange(batchId) }),
    exports: new PhotoExports(store, home, tools),
    samples: new SamplePhotos(means?.samplesFolder ?? SAMPLES_FOLDER, decoders),
    async close() {
      const ended = work.close() // first, so that what is refused now counts as interrupted
      decoders.close()
      classifier.close()
      await ended
    },
  }
}
