// Looking inside a run's network, as the contract tells of it: finds the run's weights and the image's pixels, has
// another process compute, and packs what comes back.
import type { InsideAnswer, InspectSubject } from '#shared/contract/inspect.ts'
import { INPUT_SIDE } from '#shared/core/photo/photo.ts'
import { Failure } from '#shared/failure.ts'
import { imageOfSplit } from '#shared/images.ts'
import { packFloats } from '#shared/inspect/packed-floats.ts'
import type { Backend } from '../backend.ts'
import type { InspectionQuestion } from '../inspect/inspection-messages.ts'
import { Inspector } from '../inspect/inspector.ts'
import { findClass } from '../photos/folder-labels.ts'
import type { JudgeSource } from '../photos/classifier-messages.ts'
import { findJudge } from '../photos/judge-source.ts'
import { labelOf } from '../photos/labelled-photos.ts'
import type { SpawnTrainer } from '../training/spawn-trainer.ts'
import type { ImageDesk } from './image-desk.ts'

export interface InspectDeskSettings {
  readonly backend: Backend
  readonly images: ImageDesk
  readonly spawn?: SpawnTrainer | undefined
}

/** What somebody looks at, with the epoch that they were told. */
export interface LookedAt {
  readonly runId: string
  readonly subject: InspectSubject
  readonly epoch: number
}

interface FoundImage extends Pick<
  InsideAnswer,
  'name' | 'truth' | 'place' | 'height' | 'width' | 'channels'
> {
  readonly pixels: Uint8Array
}

export class InspectDesk {
  readonly #backend: Backend
  readonly #images: ImageDesk
  readonly #inspector: Inspector

  constructor({ backend, images, spawn }: InspectDeskSettings) {
    this.#backend = backend
    this.#images = images
    this.#inspector = new Inspector(spawn)
  }

  /** @throws Failure where the run, its weights, its data or the image is not there */
  async look(runId: string, subject: InspectSubject): Promise<InsideAnswer> {
    const { source, image } = await this.#find(runId, subject, null)
    const { layers } = await this.#inspector.ask(
      { type: 'look-inside', ...toQuestion(source, image) },
      'looked',
    )
    const { experiment, classNames, dataset, checkpoint } = source
    const { model, loss, augmentation } = experiment
    const { name: runName } = await this.#backend.store.findRun(runId)
    const { pixels, ...known } = image
    return {
      ...{ runName, epoch: checkpoint.epoch, model, loss, classNames },
      ...{ datasetId: dataset.id, directory: dataset.directory },
      averagesViews: augmentation !== 'none',
      ...known,
      pixels: Buffer.from(pixels).toString('base64'),
      layers: layers.map(({ name, values, sums }) => ({
        ...{ name, values: packFloats(values), sums: sums === null ? null : packFloats(sums) },
      })),
    }
  }

  /** @throws Failure also for a layer without weights, and for more of them than one answer holds */
  async readWeights({ runId, subject, epoch }: LookedAt, layer: string, from: number, count: number) {
    const { source, image } = await this.#find(runId, subject, epoch)
    const question = { type: 'read-weights' as const, ...toQuestion(source, image), layer, from, count }
    const { weights, biases } = await this.#inspector.ask(question, 'weights')
    return { weights: packFloats(weights), biases: packFloats(biases) }
  }

  async gradCam({ runId, subject, epoch }: LookedAt, layer: string, label: number) {
    const { source, image } = await this.#find(runId, subject, epoch)
    return this.#explain({ type: 'grad-cam', ...toQuestion(source, image), layer, label })
  }

  async occlude({ runId, subject, epoch }: LookedAt, label: number) {
    const { source, image } = await this.#find(runId, subject, epoch)
    return this.#explain({ type: 'occlude', ...toQuestion(source, image), label })
  }

  close(): void {
    this.#inspector.close()
  }

  async #explain(question: InspectionQuestion) {
    const { height, width, values, weights } = await this.#inspector.ask(question, 'explained')
    return { height, width, values: packFloats(values), weights: packFloats(weights) }
  }

  /** @param epoch whose weights are meant; null for the newest */
  async #find(
    runId: string,
    subject: InspectSubject,
    epoch: number | null,
  ): Promise<{ source: JudgeSource; image: FoundImage }> {
    const source = await findJudge(this.#backend.store, this.#backend.home, runId)
    const newest = source.checkpoint.epoch
    if (epoch !== null && epoch !== newest)
      throw new Failure(
        'conflict',
        `The run has trained on: its weights are those after epoch ${newest}, and epoch ${epoch} is shown. Look again.`,
      )
    const image =
      subject.type === 'image'
        ? await this.#findImage(source, subject)
        : await this.#findPhoto(source, subject)
    return { source, image }
  }

  async #findImage(
    { dataset, classNames }: JudgeSource,
    { split, index }: Extract<InspectSubject, { type: 'image' }>,
  ): Promise<FoundImage> {
    const source = { datasetId: dataset.id, directory: dataset.directory }
    const { hash, name, trainCount, testCount, height, width, channels } = await this.#images.describe(source)
    if (hash !== dataset.hash)
      throw new Failure(
        'conflict',
        `${name} is not what the run was trained on any more: its content is another. Bring the old content back to look inside.`,
      )
    const count = split === 'train' ? trainCount : testCount
    if (index >= count)
      throw new Failure(
        'not-found',
        `There is no ${split} image ${index}: ${name} has ${count}, numbered from 0 to ${count - 1}.`,
      )
    const image = imageOfSplit(split, index, trainCount)
    const pixels = await readBytes(this.#images.readSheet(source, [image]))
    const label = (await readBytes(this.#images.readLabels(source)))[image] ?? 0
    const truth = { label, name: classNames[label] ?? `class ${label}` }
    return { name: `${split} ${index}`, place: { image, count }, truth, height, width, channels, pixels }
  }

  async #findPhoto(
    { classNames }: JudgeSource,
    { batchId, number }: Extract<InspectSubject, { type: 'photo' }>,
  ): Promise<FoundImage> {
    const photo = await this.#backend.store.photos.find(batchId, number)
    const { input, file, reason } = photo
    if (input === null)
      throw new Failure(
        'conflict',
        `${file} was not made into an input${reason === null ? ' yet' : `: ${reason}`} There is nothing to look at.`,
      )
    const said = labelOf(photo)
    const known = said === null ? null : findClass(said, classNames)
    const label = known === null ? -1 : classNames.indexOf(known)
    const truth = said === null ? null : { label: label === -1 ? null : label, name: known ?? said }
    return {
      name: file,
      place: null,
      truth,
      height: INPUT_SIDE,
      width: INPUT_SIDE,
      channels: 1,
      pixels: input,
    }
  }
}

function toQuestion(source: JudgeSource, { pixels: input, height, width, channels }: FoundImage) {
  return { source, input, height, width, channels }
}

async function readBytes(blob: Promise<Blob>): Promise<Uint8Array> {
  return new Uint8Array(await (await blob).arrayBuffer())
}
