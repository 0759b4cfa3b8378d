// Softmax of rows, and the losses of one image with their gradients; formulas as in PyTorch, all means over the batch.
import { exponential, logarithm } from './exponential'
import { floatParameter, parameter } from './lanes'

function at(row: usize, index: i32): usize {
  return row + ((<usize>index) << 2)
}

/** max and log(sum(exp(x - max))) of a row, together the logarithm of the sum of its exponentials. */
function logSumExponentials(row: usize, classes: i32): f32 {
  const largest = maximum(row, classes)
  let sum: f32 = 0
  for (let index = 0; index < classes; index++) sum += exponential(load<f32>(at(row, index)) - largest)
  return largest + logarithm(sum)
}

function maximum(row: usize, classes: i32): f32 {
  let largest = load<f32>(row)
  for (let index = 1; index < classes; index++) largest = max(largest, load<f32>(at(row, index)))
  return largest
}

/** probabilities = exp(x - max) / sum. Parameters: 0 classes. */
export function softmax(logits: usize, probabilities: usize, p: usize): void {
  const classes = parameter(p, 0)
  const largest = maximum(logits, classes)
  let sum: f32 = 0
  for (let index = 0; index < classes; index++) {
    const value = exponential(load<f32>(at(logits, index)) - largest)
    store<f32>(at(probabilities, index), value)
    sum += value
  }
  for (let index = 0; index < classes; index++) {
    store<f32>(at(probabilities, index), load<f32>(at(probabilities, index)) / sum)
  }
}

/**
 * Loss -log(softmax(x)[label]) and gradient (softmax(x) - [label]) * share. Parameters: 0 classes, 1 share (float).
 */
export function crossEntropy(logits: usize, label: usize, loss: usize, gradient: usize, p: usize): void {
  const classes = parameter(p, 0)
  const share = floatParameter(p, 1)
  const truth = load<i32>(label)
  const total = logSumExponentials(logits, classes)
  store<f32>(loss, total - load<f32>(at(logits, truth)))
  for (let index = 0; index < classes; index++) {
    const probability = exponential(load<f32>(at(logits, index)) - total)
    store<f32>(at(gradient, index), (index == truth ? probability - 1 : probability) * share)
  }
}

/**
 * Loss sum over wrong classes of max(0, 1 - x[label] + x[class]) / classes, as torch's MultiMarginLoss.
 * Parameters: 0 classes, 1 share (float).
 */
export function multiMargin(logits: usize, label: usize, loss: usize, gradient: usize, p: usize): void {
  const classes = parameter(p, 0)
  const share = floatParameter(p, 1) / <f32>classes
  const truth = load<i32>(label)
  const right = load<f32>(at(logits, truth))
  let sum: f32 = 0
  let violations: f32 = 0
  for (let index = 0; index < classes; index++) {
    const excess: f32 = <f32>1 - right + load<f32>(at(logits, index))
    const violated = index != truth && excess > 0
    if (violated) {
      sum += excess
      violations += 1
    }
    store<f32>(at(gradient, index), violated ? share : 0)
  }
  store<f32>(at(gradient, truth), -violations * share)
  store<f32>(loss, sum / <f32>classes)
}

/** Loss -x[label] with gradient -share there: the outputs are taken as log-probabilities. Parameters as above. */
export function negativeLogLikelihood(
  outputs: usize,
  label: usize,
  loss: usize,
  gradient: usize,
  p: usize,
): void {
  const truth = load<i32>(label)
  for (let index = 0; index < parameter(p, 0); index++) store<f32>(at(gradient, index), 0)
  store<f32>(at(gradient, truth), -floatParameter(p, 1))
  store<f32>(loss, -load<f32>(at(outputs, truth)))
}
