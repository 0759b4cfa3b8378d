// The flags that say what computes: --engine and --threads.
import {
  ENGINE_CHOICES,
  type EngineChoice,
  MOST_THREADS,
  type Threads,
  threadsSchema,
} from '#shared/engine.ts'
import { Failure } from '#shared/failure.ts'
import { parseWholeNumber } from './parse-number.ts'
import type { Arguments, Flag } from './verb.ts'

/** Of the verbs that train. */
export const COMPUTING_FLAGS: Readonly<Record<'engine' | 'threads', Flag>> = {
  engine: { value: ENGINE_CHOICES.join('|'), help: 'What computes; auto takes the best that starts.' },
  threads: {
    value: 'N',
    help: 'Threads of the engine simd, one per core by default; any number gives the same bits.',
  },
}

export interface Computing {
  readonly engine: EngineChoice
  readonly threads: Threads
}

/** @throws Failure 'invalid-setting' for a name that no engine has, or no number of threads */
export function readComputing(input: Arguments): Computing {
  return { engine: readEngine(input), threads: readThreads(input) }
}

/** @throws Failure 'invalid-setting' for what is no number of threads */
export function readThreads({ flags }: Arguments): Threads {
  const text = flags['threads']
  if (text === undefined || text === 'automatic') return 'automatic'
  const read = threadsSchema.safeParse(parseWholeNumber('threads', text))
  if (read.success) return read.data
  throw new Failure(
    'invalid-setting',
    `--threads wants 1 to ${MOST_THREADS} or automatic, found ${JSON.stringify(text)}.`,
  )
}

/** @throws Failure 'invalid-setting' for a name that no engine has */
export function readEngine({ flags }: Arguments, fallback: EngineChoice = 'auto'): EngineChoice {
  const text = flags['engine']
  if (text === undefined) return fallback
  const choice = ENGINE_CHOICES.find((name) => name === text)
  if (choice !== undefined) return choice
  throw new Failure(
    'invalid-setting',
    `There is no engine ${String(text)}. Choose one of: ${ENGINE_CHOICES.join(', ')}.`,
  )
}
