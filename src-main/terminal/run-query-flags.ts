// Flags that choose and order runs.
import { runQuerySchema, RUN_SORT_KEYS, type RunQuery, type RunSort } from '#shared/run-list.ts'
import { Failure } from '#shared/failure.ts'
import { parseNumber } from './parse-number.ts'
import { textFlag } from './text-flag.ts'
import type { Arguments, Flag } from './verb.ts'

const TEXT_FILTERS = ['dataset', 'model', 'loss', 'optimizer', 'engine', 'tag', 'text'] as const
const NUMBER_FILTERS = ['learning-rate', 'batch-size', 'epochs', 'seed'] as const

export const QUERY_FLAGS: Readonly<Record<string, Flag>> = {
  status: { value: 'NAME,NAME', help: 'Only runs with one of these statuses.' },
  dataset: { value: 'ID', help: 'Only runs with this dataset.' },
  model: { value: 'NAME', help: 'Only runs of this model.' },
  loss: { value: 'NAME', help: 'Only runs with this loss.' },
  optimizer: { value: 'NAME', help: 'Only runs with this optimizer.' },
  engine: { value: 'NAME', help: 'Only runs that this engine computed.' },
  'learning-rate': { value: 'X', help: 'Only runs with this learning rate.' },
  'batch-size': { value: 'N', help: 'Only runs with this batch size.' },
  epochs: { value: 'N', help: 'Only runs of so many epochs.' },
  seed: { value: 'N', help: 'Only runs with this seed.' },
  tag: { value: 'TEXT', help: 'Only runs with this tag.' },
  text: { value: 'TEXT', help: 'Only runs with this text in id, name or notes.' },
  starred: { help: 'Only starred runs.' },
  deleted: { help: 'Only deleted runs.' },
  sort: { value: 'KEY,-KEY', help: `Order by: ${RUN_SORT_KEYS.join(', ')}; a minus turns the order round.` },
  limit: { value: 'N', help: 'At most so many runs.' },
}

/** @throws Failure 'invalid-setting' that names the flag at fault and what it takes */
export function readQuery(input: Arguments): RunQuery {
  const { flags } = input
  const filter = {
    ...Object.fromEntries(TEXT_FILTERS.map((name) => [name, textFlag(input, name) ?? undefined])),
    ...Object.fromEntries(NUMBER_FILTERS.map((name) => [camelCase(name), numberFlag(input, name)])),
    status: textFlag(input, 'status')?.split(','),
    starred: flags['starred'],
    deleted: flags['deleted'] === true ? 'only' : undefined,
  }
  const query = { filter, sort: readSort(input), limit: numberFlag(input, 'limit') }
  const result = runQuerySchema.safeParse(query, { reportInput: true })
  if (result.success) return result.data
  const [issue] = result.error.issues
  const name = String(issue?.path.findLast((part) => typeof part === 'string'))
  const found = JSON.stringify(issue?.input)
  throw new Failure(
    'invalid-setting',
    `--${dashed(name)}: ${issue?.message ?? 'not possible'} (found ${found}).`,
  )
}

function readSort(input: Arguments): readonly RunSort[] {
  const keys = textFlag(input, 'sort')?.split(',') ?? ['-createdAt']
  return keys.map((key) => {
    const name = key.replace(/^-/, '')
    const by = RUN_SORT_KEYS.find((known) => known === name)
    if (by === undefined) {
      throw new Failure(
        'invalid-setting',
        `--sort cannot order by ${JSON.stringify(name)}. Possible: ${RUN_SORT_KEYS.join(', ')}.`,
      )
    }
    return { by, order: key.startsWith('-') ? 'descending' : 'ascending' }
  })
}

function numberFlag(input: Arguments, name: string): number | undefined {
  const text = textFlag(input, name)
  return text === null ? undefined : parseNumber(name, text)
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
