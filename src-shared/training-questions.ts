// What the application asks of a trainer process besides training: a measurement, or whether an engine starts. One
// question, one answer, then the end of the process.
import { z } from 'zod'
import { ENGINE_CHOICES, engineDescriptionSchema, threadsSchema } from './engine.ts'
import { experimentSchema } from './experiment.ts'
import { FAILURE_CODES } from './failure.ts'

/** What is measured: the network, batch size and augmentation of an experiment on images of one size. */
export const calibrationJobSchema = z.object({
  experiment: experimentSchema,
  task: z.object({ height: z.int(), width: z.int(), channels: z.int(), classes: z.int() }),
  classNames: z.array(z.string()),
  engine: z.enum(ENGINE_CHOICES),
  threads: threadsSchema,
})
export type CalibrationJob = z.infer<typeof calibrationJobSchema>

export const questionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('calibrate'), job: calibrationJobSchema }),
  z.object({ type: z.literal('check-engine'), engine: z.enum(ENGINE_CHOICES) }),
])
export type Question = z.infer<typeof questionSchema>

const timesSchema = z.object({ stepMs: z.number(), imageMs: z.number() })

export const answerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('calibrated'), engine: engineDescriptionSchema, times: timesSchema }),
  z.object({ type: z.literal('engine-checked'), engine: engineDescriptionSchema }),
  /** Of a measurement: the engine does not start here, whatever it is to compute. */
  z.object({ type: z.literal('not-started'), reason: z.string() }),
  z.object({
    type: z.literal('failed'),
    failure: z.object({ code: z.enum(FAILURE_CODES), message: z.string() }),
  }),
])
export type Answer = z.infer<typeof answerSchema>
