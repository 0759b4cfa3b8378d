// What the application asks of its image thread. Answers are plain data; arrays are handed over, not copied.
import type { ImageFormat, ImageNeighbours, ImageSource, ImageStatistics } from '#shared/contract/images.ts'
import type { FacetCounts } from '#shared/core/images/select-images.ts'
import type { FailureRecord } from '#shared/failure.ts'
import type { ImageFilter, ImageOrder } from '#shared/images.ts'
import type { Evaluation, SplitPredictions } from '#shared/run.ts'

/** What the thread is started with. */
export interface ImageThreadStart {
  /** Where installed datasets lie. */
  readonly datasetsFolder: string
}

/** What a run answered on the split that it was evaluated on, and on another one that it was asked about later. */
export interface RunPredictions {
  readonly runId: string
  readonly answers: Readonly<Partial<Record<Evaluation['split'], SplitPredictions>>>
  /** How the validation images were drawn from the training images. */
  readonly validation: { readonly count: number; readonly seed: number }
}

/** Images that have something in common, which others have found out. */
export interface ImageFlag {
  readonly name: string
  /** For people: 'Near duplicate'. */
  readonly label: string
  readonly images: Uint32Array
}

/** What a filter may speak of, as it crosses to the thread. */
export interface QuestionFacts {
  readonly predictions: readonly RunPredictions[]
  readonly flags: readonly ImageFlag[]
}

export type ImageQuestion =
  /** Reads the dataset again where its content is not what the hash says. */
  | { readonly type: 'describe'; readonly hash: string }
  | { readonly type: 'sheet'; readonly images: readonly number[] }
  | { readonly type: 'labels' }
  | { readonly type: 'predictions'; readonly predictions: RunPredictions }
  | {
      readonly type: 'select'
      readonly filter: ImageFilter
      readonly order: ImageOrder
      readonly facts: QuestionFacts
    }
  | { readonly type: 'facets'; readonly filter: ImageFilter; readonly facts: QuestionFacts }
  | { readonly type: 'statistics' }
  | { readonly type: 'class-images' }
  | { readonly type: 'neighbours'; readonly image: number; readonly count: number }

interface Answers {
  readonly describe: ImageFormat
  readonly sheet: Uint8Array<ArrayBuffer>
  readonly labels: Uint8Array<ArrayBuffer>
  readonly predictions: Uint8Array<ArrayBuffer>
  readonly select: Uint8Array<ArrayBuffer>
  readonly facets: FacetCounts
  readonly statistics: ImageStatistics
  readonly 'class-images': Uint8Array<ArrayBuffer>
  readonly neighbours: ImageNeighbours
}
export type AnswerTo<Question extends ImageQuestion> = Answers[Question['type']]
export type ImageAnswer = Answers[keyof Answers]

/** Through the port to the thread. */
export type ImageRequest =
  | { readonly number: number; readonly source: ImageSource; readonly question: ImageQuestion }
  /** Datasets have changed: what was read is read again when it is asked for. */
  | 'forget'

/** Through the port from the thread. */
export type ImageReply =
  | { readonly number: number; readonly answer: ImageAnswer }
  | { readonly number: number; readonly failure: FailureRecord }
