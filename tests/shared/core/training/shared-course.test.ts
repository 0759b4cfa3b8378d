import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { experimentOf } from '#shared/paper/plan.ts'
import { PAPER_TABLES, rowsOf } from '#shared/paper/tables.ts'
import { FULL } from '../../paper/sample-evidence.ts'
import { buildSmallTask, collectEvents, takeEpochs, withoutTime } from './small-task.ts'

beforeAll(() => startEngine('wasm'))

/** One row of each course that the plan shares: the same but for the epochs. */
const COURSES = new Map(
  rowsOf(PAPER_TABLES).map((row) => {
    const { epochs: _, ...course } = experimentOf(row, FULL, 42)
    return [JSON.stringify(course), row] as const
  }),
)

/** Figures, weights and generator after each epoch of a training of the row, on 47 small images. */
async function train(row: typeof COURSES extends Map<string, infer Row> ? Row : never, epochs: number) {
  const { model, loss, optimizer, learningRate } = row.settings
  // Two channels suffice to take every path; real sizes would only take longer.
  const smaller = model?.name === 'tiny-vgg' ? { ...model, channels: 2, blocks: 1 } : model
  const settings = {
    model: smaller,
    loss,
    optimizer,
    learningRate,
    testEachEpoch: true,
    validationImages: 0,
    epochs,
  }
  const events = await collectEvents(buildSmallTask(settings, { validation: null }))
  return takeEpochs(events).map(({ metrics, state }) => ({ metrics: withoutTime(metrics), state }))
}

describe('a training of 21 epochs', () => {
  it.each([...COURSES.values()])('is after its third, to the bit, a training of 3: $id', async (row) => {
    const [long, short] = [await train(row, 21), await train(row, 3)]
    expect(long).toHaveLength(21)
    expect(long.slice(0, 3)).toEqual(short)
  })
})
