// The figures of the paper's tables, digit for digit as they are printed, and those of the notebook that it follows.
// Texts and not numbers: how many digits there are is part of what was said.

export const METRIC_NAMES = ['trainLoss', 'trainAccuracy', 'testLoss', 'testAccuracy'] as const
export type MetricName = (typeof METRIC_NAMES)[number]

/** Losses as numbers, accuracies in percent, time in seconds; what is not printed is left out. */
export type PrintedFigures = Readonly<Partial<Record<MetricName | 'seconds', string>>>

/**
 * "Convolutional Neural Network for Fashion Images Classification (Fashion-MNIST)", Asia Pacific University of
 * Technology and Innovation, 2023, Tables I to VI. Table II prints one "model loss" and one "model accuracy", which in
 * the notebook are those of the test images.
 */
export const PAPER_FIGURES = {
  'I.sgd': figures('0.32377', '88.29', '0.33105', '87.92', '40.085'),
  'I.adam': figures('2.31583', '9.79', '2.31064', '10.00', '42.254'),
  'II.cross-entropy': { testLoss: '0.32341', testAccuracy: '88.64', seconds: '133.081' },
  'II.multi-margin': { testLoss: '0.0336', testAccuracy: '99.67', seconds: '333.40' },
  'II.nll': { testLoss: '0.2578', testAccuracy: '90.58', seconds: '438.27' },
  'III.8': figures('0.35989', '86.81', '0.35696', '86.77', '76.311'),
  'III.32': figures('0.32362', '88.23', '0.32483', '88.47', '48.381'),
  'III.128': figures('0.39404', '85.80', '0.37490', '86.82', '32.522'),
  'IV.1': figures('0.59329', '78.43', '0.37961', '86.37', '14.180'),
  'IV.3': figures('0.31741', '88.59', '0.31458', '88.82', '53.098'),
  'IV.21': figures('0.22457', '91.80', '0.28633', '89.91', '300.709'),
  'V.0.001': figures('0.60513', '78.10', '0.61940', '76.78', '105.216'),
  'V.0.01': figures('0.34034', '87.80', '0.35986', '87.41', '113.379'),
  'V.0.1': figures('0.26431', '90.29', '0.29796', '89.45', '106.413'),
  'VI.max': figures('0.32373', '88.21', '0.32566', '88.42', '50.361'),
  'VI.average': figures('0.33087', '87.95', '0.33071', '87.78', '41.623'),
} as const satisfies Record<string, PrintedFigures>

/** `03_pytorch_computer_vision.ipynb` of mrdbourke/pytorch-deep-learning (MIT), after its third epoch, seed 42. */
export const NOTEBOOK_FIGURES = {
  linear: { trainLoss: '0.45503', testLoss: '0.47664', testAccuracy: '83.43', seconds: '32.349' },
  ann: figures('0.67027', '75.94', '0.68500', '75.02', '36.878'),
  tinyVgg: figures('0.32354', '88.28', '0.32857', '88.38', '44.250'),
} as const satisfies Record<string, PrintedFigures>

/**
 * Seven figures that the paper and its notebook give of one and the same training (the default of three epochs): test
 * accuracy in percent. How far they lie apart is the least by which two figures must differ to mean anything.
 */
export const SAME_TRAINING_ACCURACIES = [87.92, 88.64, 88.47, 88.82, 88.42, 88.38, 88.57] as const

function figures(
  trainLoss: string,
  trainAccuracy: string,
  testLoss: string,
  testAccuracy: string,
  seconds: string,
): PrintedFigures {
  return { trainLoss, trainAccuracy, testLoss, testAccuracy, seconds }
}
