// One photo from its path to the answers of some runs. A single photo, a folder, the terminal and the tests all come
// through here, so that they cannot differ.
import type { CutOutEdit, PreparationSettings } from '#shared/preparation.ts'
import type { Judgement, JudgeThresholds } from '#shared/verdict.ts'
import type { StoredPrediction } from '../store/photos.ts'
import type { Classifier } from './classifier.ts'
import type { JudgeSource } from './classifier-messages.ts'
import type { Decoders } from './decoders.ts'
import type { PreparedPhoto } from './photo-messages.ts'

export interface PhotoTools {
  readonly decoders: Decoders
  readonly classifier: Classifier
}

export interface PhotoToClassify {
  readonly path: string
  readonly settings: PreparationSettings
  readonly edit: CutOutEdit | null
  /** Null for each run's own. */
  readonly thresholds: JudgeThresholds | null
  readonly judges: readonly JudgeSource[]
}

export interface ClassifiedPhoto {
  readonly prepared: PreparedPhoto
  /** In the order of the judges. */
  readonly judgements: readonly Judgement[]
}

/** @throws Failure with the reason why the photo is refused */
export async function classifyPhoto(
  { decoders, classifier }: PhotoTools,
  { path, settings, edit, thresholds, judges }: PhotoToClassify,
  wants: 'input' | 'steps',
  signal?: AbortSignal,
): Promise<ClassifiedPhoto> {
  const prepared = await decoders.prepare({ path, settings, edit }, wants, signal)
  const judgements: Judgement[] = []
  for (const judge of judges) {
    const { input, measures } = prepared
    judgements.push(await classifier.judge(judge, input, measures, thresholds, signal))
  }
  return { prepared, judgements }
}

/** What is kept of the judgements: the first five labels and the verdict of each run. */
export function summarizeJudgements(
  judges: readonly JudgeSource[],
  judgements: readonly Judgement[],
): StoredPrediction[] {
  return judges.map(({ runId, classNames }, index) => {
    const { ranking = [], verdict } = judgements[index] ?? {}
    const label = ranking[0]?.label ?? 0
    if (verdict === undefined) throw new RangeError(`the run ${runId} did not judge`)
    return { runId, label, className: classNames[label] ?? '', verdict, ranking: ranking.slice(0, 5) }
  })
}
