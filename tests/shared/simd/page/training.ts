// A small training, the same in Node and in a page: every number that it comes to.
import { buildSmallTask, collectEvents } from '../../core/training/small-task.ts'

export interface PageTraining {
  readonly losses: readonly number[]
  readonly parameters: readonly (readonly number[])[]
}

/** TinyVGG of 16 channels, so that some of it is convolved in tiles, with dropout and momentum. */
export async function trainForPage(): Promise<PageTraining> {
  const events = await collectEvents(
    buildSmallTask({
      model: { name: 'tiny-vgg', channels: 16, dropout: 0.2 },
      optimizer: { name: 'sgd', momentum: 0.9 },
      learningRate: 0.05,
      epochs: 3,
    }),
  )
  return {
    losses: events.flatMap((event) => (event.type === 'batch-completed' ? [event.progress.batchLoss] : [])),
    parameters: events.flatMap((event) =>
      event.type === 'epoch-completed' ? event.state.parameters.map(({ values }) => [...values]) : [],
    ),
  }
}
