// Words that are not flags, counted.
import { Failure } from '#shared/failure.ts'
import type { Arguments, Verb } from './verb.ts'

/** @throws Failure 'invalid-setting' when there is anything */
export function refusePositionals(verb: Pick<Verb, 'name'>, { positionals }: Arguments): void {
  if (positionals.length === 0) return
  throw new Failure(
    'invalid-setting',
    `"${verb.name}" takes flags only, found ${JSON.stringify(positionals[0])}.`,
  )
}

/** The one word that a verb needs. */
export function readOne(what: string, { positionals }: Pick<Arguments, 'positionals'>): string {
  const [only, ...more] = positionals
  if (only !== undefined && only !== '' && more.length === 0) return only
  throw new Failure('invalid-setting', `Give exactly one ${what}, found ${positionals.length}.`)
}

/** One word or more. */
export function readSome(what: string, { positionals }: Arguments, least = 1): readonly string[] {
  if (positionals.length >= least) return positionals
  throw new Failure('invalid-setting', `Give at least ${least} ${what}, found ${positionals.length}.`)
}
