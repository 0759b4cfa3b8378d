// One image inside one network, as its page shows it: what every layer made of it, what of that is chosen, and the weights
// that are asked for when they are looked at.
import type { Client } from '#shared/client.ts'
import type { InspectSubject } from '#shared/contract/inspect.ts'
import { describeFailure, type FailureRecord } from '#shared/failure.ts'
import { type Inside, openInside } from '#shared/inspect/inside.ts'
import { unpackFloats } from '#shared/inspect/packed-floats.ts'
import type { Pixel } from '#shared/inspect/one-value.ts'
import type { Palette } from '../../parts/images/colour-scale.ts'
import type { Choice } from './inside-address.ts'
import { listStages, type Stage } from './stages.ts'

/** Of one map or unit: its kernel [row, column, in], or one weight for each input. */
export interface UnitWeights {
  readonly weights: Float32Array
  readonly bias: number
}

/** A picture over the image of where an answer comes from. */
export interface Explained {
  readonly height: number
  readonly width: number
  readonly values: Float32Array
}

export class InsideView {
  readonly runId: string
  inside: Inside | null = $state.raw(null)
  failure: FailureRecord | null = $state.raw(null)
  isAsking = $state(false)
  palette: Palette = $state.raw(new Uint32Array(511))
  choice: Choice = $state.raw({ stage: 0, map: 0 })
  /** The pixel of the chosen map whose making is shown. */
  at: Pixel = $state.raw({ row: 0, column: 0 })
  readonly stages: readonly Stage[] = $derived(this.inside === null ? [] : listStages(this.inside))
  readonly stage: Stage | null = $derived(this.stages[this.choice.stage] ?? null)
  readonly #client: Client
  readonly #weights = new Map<string, Promise<readonly UnitWeights[]>>()
  #subject: InspectSubject = { type: 'image', split: 'test', index: 0 }
  /** Of the weights that are shown. */
  #epoch = 0
  #asked = 0

  constructor(client: Client, runId: string, choice: Choice | null) {
    this.#client = client
    this.runId = runId
    if (choice !== null) this.choice = choice
  }

  /** Shows another image; what is chosen inside stays chosen. */
  async look(subject: InspectSubject): Promise<void> {
    const turn = ++this.#asked
    this.isAsking = true
    try {
      const inside = openInside(await this.#client.inspect.look({ runId: this.runId, subject }))
      if (turn !== this.#asked) return
      const isFirst = this.inside === null
      if (inside.epoch !== this.#epoch) this.#weights.clear()
      this.#epoch = inside.epoch
      this.#subject = subject
      this.inside = inside
      this.failure = null
      this.choose(isFirst && this.choice.stage === 0 ? this.#firstChoice() : this.choice)
    } catch (error) {
      if (turn !== this.#asked) return
      this.inside = null
      this.failure = describeFailure(error)
    } finally {
      if (turn === this.#asked) this.isAsking = false
    }
  }

  /** What cannot be chosen becomes what is nearest to it. */
  choose({ stage, map }: Choice): void {
    const found = this.stages[Math.min(stage, this.stages.length - 1)]
    if (found === undefined) return
    this.choice = { stage: found.index, map: Math.max(0, Math.min(map, found.count - 1)) }
    this.at = strongestOf(found, this.choice.map)
  }

  /** Weights of units of a layer, asked for once: they are the same for every image. */
  readWeights(layer: string, from: number, count: number): Promise<readonly UnitWeights[]> {
    const key = `${layer} ${from} ${count}`
    const known = this.#weights.get(key)
    if (known !== undefined) return known
    const reading = this.#askWeights(layer, from, count)
    this.#weights.set(key, reading)
    reading.catch(() => this.#weights.delete(key))
    return reading
  }

  /** @throws what the call refuses with */
  async explain(how: 'grad-cam' | 'occlusion', layer: string, label: number): Promise<Explained> {
    const asked = { ...this.#lookedAt(), label }
    const { inspect } = this.#client
    const { height, width, values } = await (how === 'grad-cam'
      ? inspect.gradCam({ ...asked, layer })
      : inspect.occlude(asked))
    return { height, width, values: unpackFloats(values) }
  }

  async #askWeights(layer: string, from: number, count: number): Promise<readonly UnitWeights[]> {
    const asked = { ...this.#lookedAt(), layer, from, count }
    const answer = await this.#client.inspect.readWeights(asked)
    const weights = unpackFloats(answer.weights)
    const size = weights.length / count
    return [...unpackFloats(answer.biases)].map((bias, unit) => ({
      weights: weights.subarray(unit * size, (unit + 1) * size),
      bias,
    }))
  }

  #lookedAt() {
    return { runId: this.runId, subject: this.#subject, epoch: this.#epoch }
  }

  /** The answer's own logit: where to begin to read. */
  #firstChoice(): Choice {
    return { stage: this.stages.length - 2, map: this.inside?.answered ?? 0 }
  }
}

/** Where a map is farthest from 0: what there is most to say of. */
function strongestOf(stage: Stage, map: number): Pixel {
  const values = stage.count === 0 ? [0] : stage.mapOf(map)
  let best = 0
  for (let at = 0; at < values.length; at++)
    if (Math.abs(values[at] ?? 0) > Math.abs(values[best] ?? 0)) best = at
  return { row: Math.floor(best / stage.width), column: best % stage.width }
}
