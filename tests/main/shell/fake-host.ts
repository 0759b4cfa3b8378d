// A host whose router has every call of the contract and counts which of them were reached; a few answer.
import { isContractProcedure } from '@orpc/contract'
import { implement } from '@orpc/server'
import { type AppEvent, contract, type Settings } from '#shared/contract.ts'
import type { Queue } from '#shared/queue.ts'
import { Announcer } from '#main/host/announcer.ts'
import type { ShellHost } from '#main/shell/shell-host.ts'

export interface FakeHost extends ShellHost {
  /** Names of the calls that arrived, in order. */
  readonly reached: string[]
  readonly announcer: Announcer
  readonly announce: (event: AppEvent) => void
  isClosed: boolean
  /** With what a change of the settings is refused; null where it is made. */
  refusal: Error | null
}

const IDLE: Queue = { current: null, waiting: [], held: false }

export function buildFakeHost(queue: Queue = IDLE): FakeHost {
  const reached: string[] = []
  const announcer = new Announcer()
  let settings: Settings = { theme: 'system', engine: 'auto', threads: 'automatic' }
  const os = implement(contract)
  const silent = refuseAll(os, contract, (name): never => {
    reached.push(name)
    throw new Error(`${name} does not answer in this test`)
  }) as ShellHost['router'] // whole, because it was made from the contract
  const router = {
    ...silent,
    settings: {
      read: os.settings.read.handler(() => settings),
      change: os.settings.change.handler(({ input: { theme, engine, threads } }) => {
        reached.push('settings.change')
        if (host.refusal !== null) throw host.refusal
        settings = {
          theme: theme ?? settings.theme,
          engine: engine ?? settings.engine,
          threads: threads ?? settings.threads,
        }
        announcer.announce({ type: 'settings-changed', settings })
        return settings
      }),
    },
    queue: { ...silent.queue, read: os.queue.read.handler(() => queue) },
    events: os.events.handler(({ signal }) => announcer.read(signal ?? new AbortController().signal)),
  }
  const host: FakeHost = {
    router,
    reached,
    announcer,
    announce: announcer.announce,
    isClosed: false,
    refusal: null,
    close() {
      host.isClosed = true
      announcer.close()
      return Promise.resolve()
    },
  }
  return host
}

interface Implementer {
  readonly handler: (answer: () => never) => unknown
}

/** A handler for every call below a part of the contract, which tells the call's name to `refuse`. */
function refuseAll(implementer: object, part: object, refuse: (name: string) => never, name = ''): unknown {
  if (isContractProcedure(part)) return (implementer as Implementer).handler(() => refuse(name))
  const calls = Object.entries(part).map(([key, below]) => {
    const inside = (implementer as Record<string, object>)[key] ?? {}
    return [key, refuseAll(inside, below as object, refuse, name === '' ? key : `${name}.${key}`)]
  })
  return Object.fromEntries(calls) as unknown
}
