// What a training costs on this machine: measured by a few batches of the very network on the chosen engine.
import { z } from 'zod'
import { ENGINE_CHOICES, engineDescriptionSchema } from './engine.ts'
import type { Experiment } from './experiment.ts'

export const measuredCalibrationSchema = z.object({
  state: z.literal('measured'),
  engine: engineDescriptionSchema,
  /** Median milliseconds of one training step with the experiment's batch size. */
  stepMs: z.number(),
  /** Median milliseconds of measuring one image. */
  imageMs: z.number(),
  trainImagesPerSecond: z.number(),
})
export type MeasuredCalibration = z.infer<typeof measuredCalibrationSchema>

export const calibrationSchema = z.discriminatedUnion('state', [
  measuredCalibrationSchema,
  /** The engine does not start here; `reason` says what is missing. */
  z.object({
    state: z.literal('unavailable'),
    engine: z.object({ name: z.enum(ENGINE_CHOICES) }),
    reason: z.string(),
  }),
])
export type Calibration = z.infer<typeof calibrationSchema>

/** Sizes of the splits that an experiment uses. */
export interface SplitSizes {
  readonly train: number
  readonly validation: number
  readonly test: number
}

/** Milliseconds that an experiment will take by a calibration of its network and batch size. */
export function estimateMs(
  { stepMs, imageMs }: MeasuredCalibration,
  { batchSize, epochs, testEachEpoch }: Experiment,
  { train, validation, test }: SplitSizes,
): number {
  const steps = Math.ceil(train / batchSize) * epochs
  const measured = validation * epochs + test * (testEachEpoch ? epochs : 1)
  return steps * stepMs + measured * imageMs
}
