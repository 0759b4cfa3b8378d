// A verb with several actions has the flags of all of them: one that the chosen action does not read is refused, so that
// nobody believes that it did something.
import { Failure } from '#shared/failure.ts'
import { COMMON_FLAGS } from './parse-command.ts'
import type { Arguments } from './verb.ts'

/**
 * @param action as it is typed, such as 'paper show'
 * @param known the flags that it reads besides those that every verb has
 * @throws Failure 'invalid-setting' that names a flag that was given and is not among them
 */
export function refuseOtherFlags(action: string, { flags }: Arguments, known: readonly string[]): void {
  const other = Object.keys(flags).find((name) => !(name in COMMON_FLAGS) && !known.includes(name))
  if (other === undefined) return
  const takes = known.length === 0 ? 'none' : known.map((name) => `--${name}`).join(', ')
  throw new Failure('invalid-setting', `"${action}" does not take --${other}. Of its own it takes: ${takes}.`)
}
