// Table VI: the pooling layer.
import { PAPER_FIGURES } from '../printed-figures.ts'
import { paperRow, type PaperTable } from '../plan.ts'

export const TABLE_VI: PaperTable = {
  id: 'VI',
  factor: 'Pooling layer',
  title: 'Pooling layers',
  rows: [
    paperRow('VI.max', 'MaxPool2d', 'table-6-max', { printed: PAPER_FIGURES['VI.max'] }),
    paperRow('VI.average', 'AvgPool2d', 'table-6-average', { printed: PAPER_FIGURES['VI.average'] }),
  ],
  findings: [
    {
      title: 'The difference in time is within its own noise',
      text:
        'AvgPool2d is 8.7 s quicker in the paper; the very same MaxPool2d training took 40.1, 48.4, 50.4 and 53.1 s in its ' +
        'four tables, a range of 13 s.',
      rows: ['VI.max', 'VI.average'],
    },
    {
      title: 'The difference in accuracy is at the edge of the noise',
      text:
        '0.64 points from one run each, where two runs of one setting differ by 0.28 points as a rule. Whether the ' +
        'pooling matters can only be said with several seeds.',
      rows: ['VI.max', 'VI.average'],
      check: { kind: 'difference', first: 'VI.average', second: 'VI.max' },
    },
  ],
}
