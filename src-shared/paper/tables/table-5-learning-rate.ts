// Table V: the learning rate. The paper does not tell for how many epochs; 8 fit its times and losses best.
import { PAPER_FIGURES } from '../printed-figures.ts'
import { paperRow, rowBeside, type PaperTable } from '../plan.ts'

const DEFAULT_EPOCHS = 'At the default of 3 epochs.'

export const TABLE_V: PaperTable = {
  id: 'V',
  factor: 'Learning rate',
  title: 'Learning rates',
  rows: [
    paperRow('V.0.001', '0.001', 'table-5-rate-0.001', { printed: PAPER_FIGURES['V.0.001'] }),
    paperRow('V.0.01', '0.01', 'table-5-rate-0.01', { printed: PAPER_FIGURES['V.0.01'] }),
    paperRow('V.0.1', '0.1', 'table-5-rate-0.1', { printed: PAPER_FIGURES['V.0.1'] }),
    rowBeside(
      'V.0.1-7',
      '0.1, 7 epochs',
      'table-5-rate-0.1',
      { epochs: 7 },
      { printed: PAPER_FIGURES['V.0.1'], note: 'The other number of epochs that would fit.' },
    ),
    rowBeside('V.0.001-3', '0.001, 3 epochs', 'table-5-rate-0.001', { epochs: 3 }, { note: DEFAULT_EPOCHS }),
    rowBeside('V.0.01-3', '0.01, 3 epochs', 'table-5-rate-0.01', { epochs: 3 }, { note: DEFAULT_EPOCHS }),
    rowBeside('V.0.1-3', '0.1, 3 epochs', 'table-5-rate-0.1', { epochs: 3 }, { note: DEFAULT_EPOCHS }),
  ],
  findings: [
    {
      title: 'The text does not tell for how many epochs',
      text:
        'A learning rate of 0.1 is the default, yet this row has a training loss of 0.26431 where every default row has ' +
        'about 0.3237. At 13 to 14 s an epoch its 106 s are 7 to 9 epochs, and our losses pass 0.2643 there too. The ' +
        'rows here are trained for 8.',
      rows: ['V.0.1', 'V.0.1-7', 'V.0.1-3'],
    },
    {
      title: 'At 0.1 a seed can kill the network',
      text:
        'With a learning rate of 0.1 the first steps can push every hidden unit under zero. Its ReLU then passes no ' +
        'gradient, only the last biases still move, and the network answers the same for every image for ever: what ' +
        'Adam does in Table I, SGD does with some seeds. One seed, as in the paper, cannot see it.',
      rows: ['V.0.1-3'],
      check: { kind: 'collapse', first: 'V.0.1-3', second: 'V.0.1-3' },
    },
    {
      title: 'A learning rate does not cost time',
      text:
        '“Time increases when the learning rate increases” is false even in the table (105.2, 113.4 and 106.4 s), and ' +
        'cannot be: a step with another factor takes as long.',
      rows: ['V.0.001', 'V.0.01', 'V.0.1'],
    },
    {
      title: 'Small rates were not worse, but not finished',
      text:
        'At a fixed number of epochs a small learning rate has simply got less far. That a higher rate “generalises ' +
        'better” holds from 0.001 to 0.1 at these epochs, and says nothing about the end of training.',
      rows: ['V.0.001', 'V.0.001-3'],
    },
  ],
}
