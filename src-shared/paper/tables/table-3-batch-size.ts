// Table III: the batch size, at equal epochs as the paper has it and beside it at equal numbers of updates.
import { PAPER_FIGURES } from '../printed-figures.ts'
import { paperRow, rowBeside, type PaperTable } from '../plan.ts'

const EQUAL_UPDATES = 'Equal updates: about 7,500 steps, which batch 8 takes in one epoch.'

export const TABLE_III: PaperTable = {
  id: 'III',
  factor: 'Batch size',
  title: 'Batch sizes',
  rows: [
    paperRow('III.8', '8', 'table-3-batch-8', { printed: PAPER_FIGURES['III.8'], note: '22,500 updates.' }),
    paperRow('III.32', '32', 'table-3-batch-32', {
      printed: PAPER_FIGURES['III.32'],
      note: '5,625 updates.',
    }),
    paperRow('III.128', '128', 'table-3-batch-128', {
      printed: PAPER_FIGURES['III.128'],
      note: '1,407 updates.',
    }),
    rowBeside('III.8-equal', '8, 1 epoch', 'table-3-batch-8', { epochs: 1 }, { note: EQUAL_UPDATES }),
    rowBeside('III.32-equal', '32, 4 epochs', 'table-3-batch-32', { epochs: 4 }, { note: EQUAL_UPDATES }),
    rowBeside(
      'III.128-equal',
      '128, 16 epochs',
      'table-3-batch-128',
      { epochs: 16 },
      { note: EQUAL_UPDATES },
    ),
  ],
  findings: [
    {
      title: 'Batch size is mixed up with the number of updates',
      text:
        'With three epochs each and one learning rate, batch 8 takes 22,500 steps, batch 32 takes 5,625 and batch 128 ' +
        'takes 1,407. What looks like an effect of the batch is in part that the large one was trained for a ' +
        'sixteenth of the steps. The rows beside give each about 7,500 steps.',
      rows: ['III.8-equal', 'III.32-equal', 'III.128-equal'],
      check: { kind: 'difference', first: 'III.128-equal', second: 'III.32-equal' },
    },
  ],
}
