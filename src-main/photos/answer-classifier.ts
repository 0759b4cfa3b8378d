// Questions about photos, answered inside the classifier process, whose engine runs. The runs that were asked last stay loaded; one input is judged at a
// time, so that it gets the same numbers alone and among a thousand.
import { disposeParameters } from '#shared/core/models/live-parameters.ts'
import { judgeInput } from '#shared/core/photo/judge/judge.ts'
import { probabilitiesOf } from '#shared/core/statistics/temperature.ts'
import { answerInputs } from '#shared/core/photo/judge/views.ts'
import { measureOcclusion } from '#shared/core/photo/occlusion.ts'
import { Failure } from '#shared/failure.ts'
import { requirePhotoForm } from '#shared/image-form.ts'
import type { HashedDataset } from '../datasets/content-hash.ts'
import { DatasetLibrary } from '../datasets/dataset-library.ts'
import { loadSameSource } from '../datasets/dataset-source.ts'
import { GENERATED_DATASETS } from '../datasets/generated-datasets.ts'
import type { ClassifierAnswer, ClassifierQuestion, JudgeSource } from './classifier-messages.ts'
import { loadJudge, type LoadedJudge } from './load-judge.ts'

/** As many as one batch asks. */
const MAX_LOADED = 8

export class ClassifierDesk {
  readonly #loaded = new Map<string, Promise<LoadedJudge>>()
  #dataset: { readonly hash: string; readonly loading: Promise<HashedDataset> } | null = null

  async answer(question: ClassifierQuestion): Promise<ClassifierAnswer> {
    switch (question.type) {
      case 'open':
        return { type: 'opened', thresholds: (await this.#load(question.judge)).judge.thresholds }
      case 'judge': {
        const { judge, input, measures, thresholds } = question
        const loaded = await this.#load(judge)
        const logits = await answerInputs({ ...loaded, inputs: input })
        return { type: 'judged', judgement: judgeInput(loaded.judge, input, logits, measures, thresholds) }
      }
      case 'explain':
        return explain(await this.#load(question.judge), question.input, question.label)
      case 'read-images':
        return this.#readImages(question.judge, question.indices)
      default:
        return question satisfies never
    }
  }

  async #load(source: JudgeSource): Promise<LoadedJudge> {
    const key = `${source.runId} ${source.checkpoint.sha256}`
    const known = this.#loaded.get(key)
    if (known !== undefined) return known
    const loading = loadForPhotos(source, (wanted) => this.#loadDataset(wanted))
    this.#loaded.set(key, loading)
    try {
      const loaded = await loading
      await this.#forgetOldest()
      return loaded
    } catch (error) {
      this.#loaded.delete(key)
      throw error
    }
  }

  async #forgetOldest(): Promise<void> {
    const [oldest] = this.#loaded
    if (oldest === undefined || this.#loaded.size <= MAX_LOADED) return
    this.#loaded.delete(oldest[0])
    disposeParameters((await oldest[1]).parameters)
  }

  /** Only the last one is kept, since one can take as much memory as all else together. */
  async #loadDataset({ dataset, datasetsFolder }: JudgeSource): Promise<HashedDataset> {
    if (this.#dataset?.hash !== dataset.hash) {
      const library = new DatasetLibrary({ directory: datasetsFolder, generated: GENERATED_DATASETS })
      this.#dataset = { hash: dataset.hash, loading: loadSameSource(library, dataset, dataset.hash) }
    }
    try {
      return await this.#dataset.loading
    } catch (error) {
      this.#dataset = null
      throw error
    }
  }

  async #readImages(source: JudgeSource, indices: readonly number[]): Promise<ClassifierAnswer> {
    try {
      const { train, height, width } = await this.#loadDataset(source)
      const size = height * width
      const pixels = new Uint8Array(indices.length * size)
      indices.forEach((index, place) =>
        pixels.set(train.pixels.subarray(index * size, (index + 1) * size), place * size),
      )
      return { type: 'images-read', pixels, height, width }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      return { type: 'images-read', pixels: null, height: 0, width: 0 } // the answer stands without its neighbours
    }
  }
}

async function loadForPhotos(
  source: JudgeSource,
  loadDataset: (source: JudgeSource) => Promise<HashedDataset>,
): Promise<LoadedJudge> {
  const loaded = await loadJudge(source, loadDataset)
  requirePhotoForm(source.runId, { ...loaded.judge, channels: 1 })
  return loaded
}

async function explain(loaded: LoadedJudge, input: Uint8Array, label: number): Promise<ClassifierAnswer> {
  const { width, height, classes, temperature } = loaded.judge
  const values = await measureOcclusion(input, width, height, async (inputs) => {
    const logits = await answerInputs({ ...loaded, inputs })
    return probabilitiesOf(label, logits, classes, temperature)
  })
  return { type: 'explained', values }
}
