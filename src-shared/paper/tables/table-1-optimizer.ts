// Table I: the optimizer.
import { PAPER_FIGURES } from '../printed-figures.ts'
import { paperRow, rowBeside, type PaperTable } from '../plan.ts'

export const TABLE_I: PaperTable = {
  id: 'I',
  factor: 'Optimizer',
  title: 'Optimizers',
  rows: [
    paperRow('I.sgd', 'SGD', 'table-1-sgd', { printed: PAPER_FIGURES['I.sgd'] }),
    paperRow('I.adam', 'Adam', 'table-1-adam', {
      printed: PAPER_FIGURES['I.adam'],
      note: 'At 0.1, the learning rate of SGD.',
    }),
    rowBeside(
      'I.adam-0.001',
      'Adam, 0.001',
      'table-1-adam',
      { learningRate: 0.001 },
      { note: 'The fair row: Adam at the learning rate that it is made for.' },
    ),
  ],
  findings: [
    {
      title: 'Adam was given the learning rate of SGD',
      text:
        'A test loss of 2.3106 is close to ln 10 = 2.3026, and exactly 10.00 % of the test images is one class of ten: ' +
        'the network answers the same for every image. At a learning rate of 0.1 Adam’s first steps kill it, and only ' +
        'its last biases still move, which is why the row comes out the same on any device. That rate is nowhere ' +
        'written in the paper, but only it gives these figures. “SGD is better than Adam” is a finding about one ' +
        'learning rate that nobody tuned.',
      rows: ['I.adam', 'I.adam-0.001'],
      check: { kind: 'difference', first: 'I.adam-0.001', second: 'I.sgd' },
    },
  ],
}
