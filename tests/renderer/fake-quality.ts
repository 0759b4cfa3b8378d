// What the fake host found in its images, and the marks of the user, kept in memory with their undoing.
import { implement } from '@orpc/server'
import { type AppEvent, contract } from '#shared/contract.ts'
import { Failure } from '#shared/failure.ts'
import type { QualityFindings } from '#shared/contract/quality.ts'
import { isBlank, type Mark, type MarksState } from '#shared/marks.ts'
import { QUALITY_METHODS, type QualityState, type QualitySummary } from '#shared/quality.ts'
import { parseExperiment } from '#shared/experiment.ts'

/** The training images that the fake datasets are taken to have. */
export const TRAIN_COUNT = 300

export const FINDINGS: QualityFindings = {
  duplicates: [
    {
      exact: false,
      distance: 0.04,
      members: [
        { image: 10, label: 3, distance: 0.04 },
        { image: 320, label: 3, distance: 0.04 },
      ],
      leaks: true,
      disagrees: false,
    },
    {
      exact: true,
      distance: 0,
      members: [
        { image: 30, label: 0, distance: 0 },
        { image: 31, label: 6, distance: 0 },
        { image: 32, label: 0, distance: 0 },
      ],
      leaks: false,
      disagrees: true,
    },
  ],
  labels: [
    { image: 40, given: 6, suggested: 0, givenProbability: 0.01, suggestedProbability: 0.98, score: 0.97 },
    { image: 341, given: 2, suggested: 4, givenProbability: 0.1, suggestedProbability: 0.8, score: 0.7 },
    { image: 42, given: 6, suggested: 4, givenProbability: 0.2, suggestedProbability: 0.6, score: 0.4 },
  ],
  outliers: [{ image: 50, label: 7, score: 2.75 }],
  poor: [
    { image: 60, label: 5, lack: 'constant', entropy: 0, inkShare: 0, contrast: 0, score: 1 },
    { image: 61, label: 5, lack: 'little-ink', entropy: 1.4, inkShare: 0.03, contrast: 255, score: 0.1 },
  ],
}

const SUMMARY: QualitySummary = {
  methods: QUALITY_METHODS,
  datasetHash: '5ac1'.repeat(16),
  computedAt: '2026-11-20T10:00:00.000Z',
  stages: [
    { stage: 'duplicates', ms: 12_000 },
    { stage: 'training', ms: 48_000 },
  ],
  memoryBytes: 640_000_000,
  engine: 'simd',
  counts: { duplicates: 2, labels: 3, outliers: 1, poor: 2 },
  leaks: 1,
  limit: 0.1,
  labels: {
    source: {
      type: 'folds',
      folds: 4,
      experiment: parseExperiment({ dataset: 'sketches', validationImages: 0, epochs: 4 }),
    },
    covered: { train: TRAIN_COUNT, test: 100 },
    agreement: 0.91,
    errorShare: 0.012,
    joint: [],
  },
  typical: Array.from({ length: 10 }, (_, label) => [label * 10 + 100, label * 10 + 101, label * 10 + 102]),
  neighbours: 10,
}

interface Change {
  readonly text: string
  readonly before: readonly Mark[]
}

/** In memory, and as honest about undoing as the real one. */
export class FakeQuality {
  state: QualityState = { work: null, failure: null, state: 'fresh', summary: SUMMARY }
  findings: QualityFindings = FINDINGS
  marks: readonly Mark[] = []
  #undo: Change[] = []
  #redo: Change[] = []

  setAbsent(): void {
    this.state = { work: null, failure: null, state: 'absent', summary: null }
  }

  /** The calls of both groups. */
  handlers(announce: (event: AppEvent) => void) {
    const { quality, marks } = implement(contract)
    return {
      quality: {
        read: quality.read.handler(() => this.state),
        readFindings: quality.readFindings.handler(() => this.readFindings()),
        compute: quality.compute.handler(() => {
          this.state = { ...this.state, work: { progress: null }, failure: null }
          return this.state
        }),
        cancel: quality.cancel.handler(({ input }) => {
          this.state = { ...this.state, work: null }
          announce({ type: 'quality-changed', datasetId: input.datasetId })
          return {}
        }),
      },
      marks: {
        read: marks.read.handler(() => this.readMarks()),
        change: marks.change.handler(({ input }) => this.change(input.marks, input.text)),
        undo: marks.undo.handler(() => this.reverse('undo')),
        redo: marks.redo.handler(() => this.reverse('redo')),
        write: marks.write.handler(() => 'split,index,rightLabel,rightClass,excluded,note\n'),
        import: marks.import.handler(() => ({ ...this.readMarks(), imported: 0 })),
        count: marks.count.handler(({ input }) => ({
          hash: input.set ?? '0123456789abcdef',
          excluded: this.marks.filter(({ excluded }) => excluded).length,
          corrected: this.marks.filter(({ label }) => label !== null).length,
        })),
        readSet: marks.readSet.handler(() => ({
          excluded: [3, 5],
          corrected: [{ image: 7, label: 2 }],
        })),
      },
    }
  }

  readFindings(): QualityFindings {
    if (this.state.summary === null)
      throw new Failure('not-found', 'These images were not looked through yet.')
    return this.findings
  }

  readMarks(): MarksState {
    return {
      datasetHash: SUMMARY.datasetHash,
      marks: [...this.marks],
      undo: this.#undo.at(-1)?.text ?? null,
      redo: this.#redo.at(-1)?.text ?? null,
    }
  }

  change(marks: readonly Mark[], text: string): MarksState {
    this.#undo.push({ text, before: this.marks })
    this.#redo = []
    const others = this.marks.filter(({ image }) => marks.every((mark) => mark.image !== image))
    this.marks = [...others, ...marks.filter((mark) => !isBlank(mark))].sort((a, b) => a.image - b.image)
    return this.readMarks()
  }

  reverse(direction: 'undo' | 'redo'): MarksState {
    const [from, to] = direction === 'undo' ? [this.#undo, this.#redo] : [this.#redo, this.#undo]
    const change = from.pop()
    if (change === undefined) throw new Failure('conflict', `There is nothing to ${direction}.`)
    to.push({ text: change.text, before: this.marks })
    this.marks = change.before
    return this.readMarks()
  }
}
