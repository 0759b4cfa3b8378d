// The photos of one batch, one after the other until none waits: found, prepared, judged, stored, told. A photo that
// cannot be answered is refused with its sentence and stops nobody.
import { describeFailure, Failure } from '#shared/failure.ts'
import type { PhotoStore } from '../store/photo-store.ts'
import type { PhotoOutcome } from '../store/photos.ts'
import { classifyPhoto, type PhotoTools, summarizeJudgements } from './classify-photo.ts'
import type { JudgeSource } from './classifier-messages.ts'
import { NotStarted } from './companions.ts'
import { findPhotos } from './find-photos.ts'
import { readFolderLabels } from './folder-labels.ts'
import { forEach } from './for-each.ts'

/** Enough to keep both decoders and the classifier busy. */
const AT_ONCE = 4
const READ_AT_ONCE = 200
/** Answers are stored together, so that the disk is not asked for each. */
const STORE_EVERY_MS = 250

export interface BatchWork {
  readonly batchId: string
  readonly photos: PhotoStore
  readonly tools: PhotoTools
  readonly judges: readonly JudgeSource[]
  readonly signal: AbortSignal
  /** What it does besides answering, or null. */
  readonly onActivity: (activity: string | null) => void
  /** Answers have been stored. */
  readonly onStored: () => void
  /** A defect of ours, met over one photo. */
  readonly onDefect: (error: unknown) => void
}

/** @throws Failure 'cancelled' by the signal, or with what ended the whole batch */
export async function classifyBatch(work: BatchWork): Promise<void> {
  await listPhotos(work)
  await openJudges(work)
  const outcomes = new OutcomeBuffer(work)
  try {
    await answerWaiting(work, outcomes)
  } finally {
    await outcomes.flush()
  }
  if (work.signal.aborted) throw cancelled()
}

async function listPhotos({ batchId, photos, judges, signal, onActivity }: BatchWork): Promise<void> {
  const { sources, isListed } = await photos.readSources(batchId)
  if (isListed) return
  onActivity('Looking for photos…')
  const found = await findPhotos(sources, signal)
  if (found.length === 0) throw new Failure('not-found', 'There is no photo in what was dropped.')
  const classNames = judges.flatMap((judge) => judge.classNames)
  const { labels, folders } = readFolderLabels(
    found.map(({ file }) => file),
    classNames,
  )
  await photos.addPhotos(
    batchId,
    found.map((photo, index) => ({ ...photo, folderLabel: labels[index] ?? null })),
  )
  await photos.markListed(batchId, folders)
  onActivity(null)
}

async function openJudges({ tools, judges, signal, onActivity }: BatchWork): Promise<void> {
  onActivity('Getting the runs ready; a run that judges for the first time looks at all its images once…')
  for (const judge of judges) await tools.classifier.open(judge, signal)
  onActivity(null)
}

async function answerWaiting(work: BatchWork, outcomes: OutcomeBuffer): Promise<void> {
  const { batchId, photos, signal } = work
  const { settings, thresholds } = await photos.readBatch(batchId)
  for (let from = 0; !signal.aborted;) {
    const waiting = await photos.listWaiting(batchId, from, READ_AT_ONCE)
    const last = waiting.at(-1)
    if (last === undefined) return
    await forEach(waiting, AT_ONCE, signal, async ({ number, path }) => {
      const outcome = await answer(work, { path, settings, edit: null, thresholds }, number)
      if (outcome !== null) await outcomes.add(outcome)
    })
    from = last.number + 1
  }
}

/** Null where it was given up. @throws NotStarted, which no photo is to be blamed for */
async function answer(
  { tools, judges, signal, onDefect }: BatchWork,
  photo: Omit<Parameters<typeof classifyPhoto>[1], 'judges'>,
  number: number,
): Promise<PhotoOutcome | null> {
  try {
    const { prepared, judgements } = await classifyPhoto(tools, { ...photo, judges }, 'input', signal)
    const { input, thumbnail, measures } = prepared
    const predictions = summarizeJudgements(judges, judgements)
    return { status: 'predicted', number, input, thumbnail, measures, predictions }
  } catch (error) {
    const { code, message } = describeFailure(error)
    // What fails while the end is coming may fail of it: the photo waits for the next time.
    if (code === 'cancelled' || signal.aborted) return null
    if (error instanceof NotStarted) throw error
    if (code === 'internal') onDefect(error)
    return { status: 'refused', number, reason: message }
  }
}

/** Stores what has come together, at most a few times a second. */
class OutcomeBuffer {
  readonly #work: BatchWork
  #outcomes: PhotoOutcome[] = []
  #storedAt = 0

  constructor(work: BatchWork) {
    this.#work = work
  }

  async add(outcome: PhotoOutcome): Promise<void> {
    this.#outcomes.push(outcome)
    if (performance.now() - this.#storedAt >= STORE_EVERY_MS) await this.flush()
  }

  async flush(): Promise<void> {
    if (this.#outcomes.length === 0) return
    const outcomes = this.#outcomes
    this.#outcomes = []
    this.#storedAt = performance.now()
    await this.#work.photos.recordOutcomes(this.#work.batchId, outcomes)
    this.#work.onStored()
  }
}

function cancelled(): Failure {
  return new Failure('cancelled', 'Classifying was cancelled; what was answered is kept.')
}
