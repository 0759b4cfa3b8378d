// What an engine answers when it is asked: a measurement, that it does not start, or that it is not to be trusted.
import * as tf from '@tensorflow/tfjs'
import { beforeEach, describe, expect, it } from 'vitest'
import { answerQuestion, type EnginePlace } from '#shared/core/training/answer-question.ts'
import type { EngineDescription } from '#shared/engine.ts'
import { parseExperiment } from '#shared/experiment.ts'
import { Failure } from '#shared/failure.ts'
import type { Question } from '#shared/training-questions.ts'

const ENGINE: EngineDescription = {
  ...{ name: 'cpu', backend: 'cpu', versions: {}, threads: null, gpu: null, notice: null },
}

const QUESTION: Question = {
  type: 'calibrate',
  job: {
    experiment: parseExperiment({ dataset: 'none', model: { name: 'linear' }, validationImages: 0 }),
    task: { height: 4, width: 4, channels: 1, classes: 3 },
    classNames: [],
    engine: 'webgpu',
    threads: 'automatic',
  },
}

/** @param starts what happens when the engine that is asked about starts; `cpu` always does */
function openPlace(starts: () => void): EnginePlace {
  let time = 0
  return {
    start: (choice) => {
      if (choice !== 'cpu') starts()
      return Promise.resolve(ENGINE)
    },
    now: () => (time += 1000),
  }
}

describe('a measurement of an engine', () => {
  beforeEach(() => tf.setBackend('cpu'))

  it('is answered with times', async () => {
    const answer = await answerQuestion(
      QUESTION,
      openPlace(() => undefined),
    )
    expect(answer).toMatchObject({ type: 'calibrated', engine: ENGINE })
  })

  it('that does not start says that it does not, whatever the network', async () => {
    const place = openPlace(() => {
      throw new Failure('unavailable', 'No GPU.')
    })
    expect(await answerQuestion(QUESTION, place)).toEqual({ type: 'not-started', reason: 'No GPU.' })
  })

  it('that fails with the network fails', async () => {
    const place = openPlace(() => undefined)
    const task = { height: 1, width: 1, channels: 1, classes: 3 }
    const model = { name: 'tiny-vgg', blocks: 2, channels: 2 } as const
    const experiment = parseExperiment({ dataset: 'none', model, validationImages: 0 })
    const question = { ...QUESTION, job: { ...QUESTION.job, experiment, task } } as Question
    await expect(answerQuestion(question, place)).rejects.toMatchObject({ code: 'invalid-setting' })
  })
})
