// The workbench without a face: everything that the contract's calls stand on, opened and closed together. The desktop
// window and the browser mode each put a carrier before it.
import type { AppEvent } from '#shared/contract.ts'
import { type Backend, openBackend } from '../backend.ts'
import { buildTestLabelReader } from '../datasets/test-labels.ts'
import { AnswerShelf } from '../evaluation/answer-shelf.ts'
import type { Home } from '../home.ts'
import type { SpawnTrainer } from '../training/spawn-trainer.ts'
import { Announcer } from './announcer.ts'
import { BackupWatch } from './backup-watch.ts'
import type { Log } from './calls.ts'
import { askTestLabels } from './ask-test-labels.ts'
import { Calibrations } from './calibrations.ts'
import { ComparisonDesk } from './comparison-desk.ts'
import { DatasetDesk } from './dataset-desk.ts'
import { EngineCheck } from './engine-check.ts'
import { EvaluationDesk } from './evaluation-desk.ts'
import { ImageDesk } from './image-desk.ts'
import { InspectDesk } from './inspect-desk.ts'
import { MachineTurns } from './machine-turns.ts'
import { MarkDesk } from './mark-desk.ts'
import { QualityDesk } from './quality-desk.ts'
import { openPhotos, type PhotoMeans, type Photos } from './photos.ts'
import { SettingsDesk } from './settings-desk.ts'
import { TrainingQueue } from './training-queue.ts'
import { ViewDesk } from './view-desk.ts'

export interface HostSettings {
  readonly home: Home
  /** What this process does, for the message to a second one. */
  readonly purpose: string
  readonly version: string
  readonly spawnTrainer: SpawnTrainer
  /** Left out under Node. */
  readonly photoMeans?: PhotoMeans
  /** A folder with a dataset to offer without installing it, or null. */
  readonly dataDirectory: string | null
  /** Where defects are told. */
  readonly log: Log
}

export interface Host {
  readonly backend: Backend
  readonly announcer: Announcer
  readonly queue: TrainingQueue
  readonly datasets: DatasetDesk
  readonly images: ImageDesk
  readonly inspect: InspectDesk
  readonly comparisons: ComparisonDesk
  readonly quality: QualityDesk
  readonly marks: MarkDesk
  readonly evaluations: EvaluationDesk
  readonly photos: Photos
  readonly calibrations: Calibrations
  readonly engines: EngineCheck
  readonly settings: SettingsDesk
  readonly views: ViewDesk
  readonly version: string
  /** What was found and mended at the start. */
  readonly notices: readonly string[]
  readonly log: Log
  /** Ends what runs, keeps what is finished, and gives the data folder free. */
  close(): Promise<void>
}

const HELD_AFTER_CRASH =
  'The queue is held, because Atelier ended unexpectedly while it trained. Release it to go on.'

/** @throws Failure when the data folder is in use or cannot be opened, or the named dataset cannot be read */
export async function openHost(settings: HostSettings): Promise<Host> {
  const { home, purpose, version, spawnTrainer, dataDirectory, log } = settings
  const announcer = new Announcer()
  const announce = (event: AppEvent): void => announcer.announce(event)
  const backend = await openBackend({ home, purpose, version, spawnTrainer, announce })
  const { store } = backend
  const settingsDesk = new SettingsDesk(store, announce)
  const turns = new MachineTurns()
  const train: ConstructorParameters<typeof TrainingQueue>[0]['train'] = async (runId, engine, signal) =>
    backend.train(await store.findRun(runId), engine, (await settingsDesk.read()).threads, signal)
  const queue = new TrainingQueue({ store, turns, announce, log, train })
  const quality = new QualityDesk({ backend, turns, spawnTrainer, announce, log })
  const marks = new MarkDesk(backend, announce)
  const answers = new AnswerShelf(backend)
  const evaluations = new EvaluationDesk({ backend, answers, turns, spawnTrainer, announce, log })
  const images = new ImageDesk(backend, [quality, marks], answers)
  const inspect = new InspectDesk({ backend, images, spawn: settings.photoMeans?.spawnClassifier })
  const photos = await openPhotos({ store, home, means: settings.photoMeans, announce, log })
  const datasets = new DatasetDesk(backend, dataDirectory, photos.decoders, (event) => {
    if (event.type === 'datasets-changed') images.forget()
    announce(event)
  })
  const comparisons = new ComparisonDesk({
    ...{ store, announce, describe: backend.describeDataset },
    readTestLabels: buildTestLabelReader(askTestLabels(images)),
  })
  const calibrations = new Calibrations({ store, turns, spawnTrainer, version, announce })
  const engines = new EngineCheck(spawnTrainer)
  const backups = new BackupWatch(store, log)
  try {
    await datasets.readNamedFolder()
    await quality.tidy()
    const isHeld = await queue.start(backend.interrupted.length > 0)
    const notices = [...describeRecovery(backend), ...(isHeld ? [HELD_AFTER_CRASH] : [])]
    return {
      ...{ backend, announcer, queue, datasets, images, inspect, quality, marks, evaluations },
      ...{ comparisons, photos, calibrations, engines, version, notices, log },
      settings: settingsDesk,
      views: new ViewDesk(store, announce),
      async close() {
        announcer.close()
        datasets.close()
        inspect.close()
        images.close()
        calibrations.close()
        engines.close()
        const trained = queue.close('Atelier was closed while this run was training.') // before the machine is free
        backend.giveUpMeasuring()
        await Promise.all([trained, quality.close(), evaluations.close(), photos.close()])
        await backups.close()
        backend.close()
      },
    }
  } catch (error) {
    await backups.close()
    backend.close()
    throw error
  }
}

function describeRecovery({ store: { recovery }, interrupted }: Backend): string[] {
  const interruptions = interrupted.map(
    (id) => `Run ${id} was interrupted when Atelier ended. Resume it to go on.`,
  )
  return [...(recovery === null ? [] : [recovery.message]), ...interruptions]
}
