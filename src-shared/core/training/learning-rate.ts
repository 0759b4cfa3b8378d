// How the learning rate goes through a training.
// Source of the cosine: Loshchilov and Hutter 2017, "SGDR", without restarts.
import type { Experiment } from '../../experiment.ts'

/**
 * The experiment with the learning rate of one step.
 * @param step 1-based, of `steps` in all; a training with more epochs has another course from its first step on
 */
export function paceLearningRate(experiment: Experiment, step: number, steps: number): Experiment {
  if (experiment.learningRateSchedule === 'constant') return experiment
  const share = (1 + Math.cos((Math.PI * (step - 1)) / steps)) / 2
  // Never quite zero, which no experiment may have.
  return { ...experiment, learningRate: experiment.learningRate * Math.max(share, 1e-6) }
}
