// atelier paper: the paper's tables, run again. The work is in terminal/paper/.
import { Failure } from '#shared/failure.ts'
import { refuseOtherFlags } from '../action-flags.ts'
import { COMPUTING_FLAGS, readComputing } from '../engine-flag.ts'
import { PAPER_FLAGS, readPaperRequest, SEED_COUNTS } from '../paper/paper-flags.ts'
import { runPaper } from '../paper/run-paper.ts'
import { exportPaper, showPaper } from '../paper/show-paper.ts'
import { timePaper } from '../paper/time-paper.ts'
import { textFlag } from '../text-flag.ts'
import type { Arguments, Context, Verb } from '../verb.ts'

interface Action {
  /** The flags that it reads. */
  readonly flags: readonly string[]
  run(input: Arguments, context: Context): Promise<number>
}

const REQUEST = Object.keys(PAPER_FLAGS)
const COMPUTING = Object.keys(COMPUTING_FLAGS)

const ACTIONS: Readonly<Record<string, Action>> = {
  run: {
    flags: [...REQUEST, ...COMPUTING],
    run: (input, context) => runPaper({ ...readRunOptions(input), onlyCost: false }, context),
  },
  cost: {
    flags: [...REQUEST, ...COMPUTING],
    run: (input, context) => runPaper({ ...readRunOptions(input), onlyCost: true }, context),
  },
  show: {
    flags: [...REQUEST, 'markdown'],
    run: (input, context) => showPaper(readPaperRequest(input), input.flags['markdown'] === true, context),
  },
  export: {
    flags: [...REQUEST, 'to'],
    run: (input, context) => exportPaper(readPaperRequest(input), textFlag(input, 'to') ?? '.', context),
  },
  time: {
    flags: [...REQUEST.filter((name) => !SEED_COUNTS.includes(name)), ...COMPUTING],
    run: (input, context) => timePaper(readPaperRequest(input), readComputing(input), context),
  },
}

export const paperVerb: Verb = {
  name: 'paper',
  usage: 'run | cost | show | export | time',
  summary: 'Run the tables of the paper again and compare.',
  flags: {
    ...PAPER_FLAGS,
    ...COMPUTING_FLAGS,
    markdown: { help: 'With show: print Markdown.' },
    to: { value: 'DIR', help: 'With export: where tables.md and results.json go; here when left out.' },
  },
  async run(input, context) {
    const [name = 'show', ...more] = input.positionals
    const action = ACTIONS[name]
    if (action !== undefined && more.length === 0) {
      refuseOtherFlags(`paper ${name}`, input, action.flags)
      return action.run(input, context)
    }
    const known = Object.keys(ACTIONS).join(', ')
    const found = JSON.stringify(more[0] ?? name)
    throw new Failure('invalid-setting', `"paper" cannot ${found}. Choose one of: ${known}.`)
  },
}

function readRunOptions(input: Arguments) {
  return { request: readPaperRequest(input), ...readComputing(input) }
}
