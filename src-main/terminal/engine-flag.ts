// The flag --engine.
import { ENGINE_CHOICES, type EngineChoice } from '#shared/engine.ts'
import { Failure } from '#shared/failure.ts'
import type { Arguments, Flag } from './verb.ts'

export const ENGINE_FLAG: Readonly<Record<'engine', Flag>> = {
  engine: { value: ENGINE_CHOICES.join('|'), help: 'What computes; auto takes the best that starts.' },
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
