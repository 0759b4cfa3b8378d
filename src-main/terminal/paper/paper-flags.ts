// The flags of `atelier paper` as a request.
import { Failure } from '#shared/failure.ts'
import { PAPER_DATASET, paperRequestSchema, type PaperRequest } from '#shared/paper/paper-state.ts'
import { DEFAULT_SEED_COUNTS, MOST_SEEDS, PAPER_TABLE_IDS, type PaperTableId } from '#shared/paper/plan.ts'
import { parseWholeNumber } from '../parse-number.ts'
import { textFlag } from '../text-flag.ts'
import type { Arguments, Flag } from '../verb.ts'

export const PAPER_FLAGS: Readonly<Record<string, Flag>> = {
  tables: { value: 'I,II', help: `Only these of ${PAPER_TABLE_IDS.join(', ')}.` },
  seeds: {
    value: 'N',
    help: `Seeds for rows of up to 3 epochs, from 42 on; ${DEFAULT_SEED_COUNTS.short} when left out.`,
  },
  'long-seeds': {
    value: 'N',
    help: `Seeds for longer rows; ${DEFAULT_SEED_COUNTS.long} when left out.`,
  },
  quick: { help: 'A reduced version with 6,000 training images: other figures, labelled and kept apart.' },
  dataset: { value: 'ID', help: `What to train on; ${PAPER_DATASET} as the paper, or sketches.` },
  data: { value: 'DIR', help: 'Use the four IDX files of this folder, without installing them.' },
}

/** Those of them that say over how many seeds: a row is timed once. */
export const SEED_COUNTS: readonly string[] = ['seeds', 'long-seeds']

/** @throws Failure 'invalid-setting' that names the flag at fault */
export function readPaperRequest(input: Arguments): PaperRequest {
  const directory = textFlag(input, 'data')
  const parsed = paperRequestSchema.safeParse({
    dataset: textFlag(input, 'dataset') ?? PAPER_DATASET,
    directory,
    quick: input.flags['quick'] === true,
    tables: readTables(textFlag(input, 'tables')),
    seeds: readCount(input, 'seeds', DEFAULT_SEED_COUNTS.short),
    longSeeds: readCount(input, 'long-seeds', DEFAULT_SEED_COUNTS.long),
  })
  if (parsed.success) return parsed.data
  throw new Failure('invalid-setting', parsed.error.issues.map(({ message }) => message).join(' '))
}

function readTables(text: string | null): readonly PaperTableId[] {
  if (text === null) return PAPER_TABLE_IDS
  return text.split(',').map((part) => {
    const id = PAPER_TABLE_IDS.find((one) => one === part.trim().toUpperCase())
    if (id !== undefined) return id
    throw new Failure(
      'invalid-setting',
      `The paper has no table ${JSON.stringify(part)}. Choose from: ${PAPER_TABLE_IDS.join(', ')}.`,
    )
  })
}

function readCount(input: Arguments, flag: string, fallback: number): number {
  const text = input.flags[flag]
  if (text === undefined) return fallback
  const count = parseWholeNumber(flag, text)
  if (count >= 1 && count <= MOST_SEEDS) return count
  throw new Failure(
    'invalid-setting',
    `--${flag} is a number of seeds from 1 to ${MOST_SEEDS}, found ${count}.`,
  )
}
