// Photos named on a command line, answered in their order while the next ones are worked on: the same way from a file to
// its answer as everywhere else, without storing anything.
import { describeFailure, Failure } from '#shared/failure.ts'
import type { JudgingRun } from '#shared/photo-batch.ts'
import { DEFAULT_PREPARATION } from '#shared/preparation.ts'
import { Classifier } from '../photos/classifier.ts'
import type { JudgeSource } from '../photos/classifier-messages.ts'
import { NotStarted } from '../photos/companions.ts'
import { classifyPhoto, type PhotoTools, summarizeJudgements } from '../photos/classify-photo.ts'
import { Decoders } from '../photos/decoders.ts'
import type { FoundPhoto } from '../photos/find-photos.ts'
import { describeJudgingRun, findJudge } from '../photos/judge-source.ts'
import type { StoredPrediction } from '../store/photos.ts'
import { withReader } from './open-history.ts'
import { textFlag } from './text-flag.ts'
import type { Arguments, Context, Flag } from './verb.ts'

export const RUN_FLAG: Readonly<Record<string, Flag>> = {
  run: { value: 'ID', help: 'The run that judges, or several with commas between them.' },
}

const AT_ONCE = 4

export interface AnsweredPhoto {
  readonly file: string
  readonly status: 'predicted' | 'refused'
  readonly reason: string | null
  readonly predictions: readonly StoredPrediction[]
}

export interface Judges {
  readonly runs: readonly JudgingRun[]
  readonly sources: readonly JudgeSource[]
}

/** @throws Failure 'invalid-setting' without --run, 'not-found' or 'conflict' for a run that cannot judge */
export async function findJudges(input: Arguments, context: Context): Promise<Judges> {
  const ids = [...new Set((textFlag(input, 'run') ?? '').split(',').map((id) => id.trim()))].filter(Boolean)
  if (ids.length === 0)
    throw new Failure('invalid-setting', 'Name the run that judges with --run ID; "atelier runs" lists them.')
  return withReader(context, async (store) => {
    const sources: JudgeSource[] = []
    const runs: JudgingRun[] = []
    for (const id of ids) {
      sources.push(await findJudge(store, context.home, id))
      runs.push(describeJudgingRun(await store.findRun(id)))
    }
    return { sources, runs }
  })
}

/**
 * @param tell is called for each photo, in their order
 * @throws Failure 'cancelled' by Ctrl-C, or with what no photo can be judged without
 */
export async function answerPhotos(
  photos: readonly FoundPhoto[],
  judges: readonly JudgeSource[],
  { terminal, signal }: Context,
  tell: (photo: AnsweredPhoto) => void,
): Promise<void> {
  const tools = { decoders: new Decoders(), classifier: new Classifier() }
  const close = (): void => {
    tools.decoders.close()
    tools.classifier.close()
  }
  signal.addEventListener('abort', close, { once: true })
  try {
    terminal.status('Getting ready; a run that judges for the first time looks at all its images once…')
    for (const judge of judges) await tools.classifier.open(judge, signal)
    const pending: Promise<AnsweredPhoto>[] = []
    const tellFirst = async (): Promise<void> => {
      const first = await takeFirst(pending)
      if (signal.aborted) throw cancelled()
      tell(first)
    }
    for (const [index, photo] of photos.entries()) {
      const answer = answerOne(tools, photo, judges, signal)
      answer.catch(() => 'told when it is its turn, or given up with the others')
      pending.push(answer)
      if (pending.length >= AT_ONCE) await tellFirst()
      terminal.status(`${index + 1} of ${photos.length} photos`)
    }
    while (pending.length > 0) await tellFirst()
    terminal.status('')
  } finally {
    close()
  }
}

/** @throws Failure 'cancelled' by the signal; NotStarted, which no photo is to be blamed for */
async function answerOne(
  tools: PhotoTools,
  { path, file }: FoundPhoto,
  judges: readonly JudgeSource[],
  signal: AbortSignal,
): Promise<AnsweredPhoto> {
  const photo = { path, settings: DEFAULT_PREPARATION, edit: null, thresholds: null, judges }
  try {
    const { judgements } = await classifyPhoto(tools, photo, 'input', signal)
    return { file, status: 'predicted', reason: null, predictions: summarizeJudgements(judges, judgements) }
  } catch (error) {
    if (signal.aborted) throw cancelled()
    if (error instanceof NotStarted) throw error
    return { file, status: 'refused', reason: describeFailure(error).message, predictions: [] }
  }
}

async function takeFirst<Item>(pending: Promise<Item>[]): Promise<Item> {
  const first = pending.shift()
  if (first === undefined) throw new RangeError('nothing is pending')
  return first
}

function cancelled(): Failure {
  return new Failure('cancelled', 'Cancelled.')
}
