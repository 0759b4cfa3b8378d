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

/**
 * - `absent` the engine does not start here, whatever it is to compute
 * - `late` it took too long to measure this network and batch size
 * - `unfit` it starts, but failed with this network and batch size, or gives other numbers than it should
 */
const UNAVAILABILITIES = ['absent', 'late', 'unfit'] as const

export const unavailableCalibrationSchema = z.object({
  state: z.literal('unavailable'),
  engine: z.object({ name: z.enum(ENGINE_CHOICES) }),
  cause: z.enum(UNAVAILABILITIES),
  reason: z.string(),
})
export type UnavailableCalibration = z.infer<typeof unavailableCalibrationSchema>

export const calibrationSchema = z.discriminatedUnion('state', [
  measuredCalibrationSchema,
  unavailableCalibrationSchema,
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
