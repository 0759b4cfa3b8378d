// The far end of the contract: typed calls over any link, whose failures are Failures again. Used by the page and by
// tests, over a WebSocket and over a message port alike.
import {
  type ClientContext,
  type ClientLink,
  createORPCClient,
  mapEventIterator,
  ORPCError,
} from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { type Contract } from './contract.ts'
import { failureSchema } from './contract/parts.ts'
import { describeFailure, Failure } from './failure.ts'

export type Client = ContractRouterClient<Contract>

type Stream = AsyncIterator<unknown, unknown, void>

/** @param link an RPCLink of @orpc/client/websocket or @orpc/client/message-port */
export function buildClient(link: ClientLink<ClientContext>): Client {
  return createORPCClient<Client>({
    async call(path, input, options) {
      try {
        const output = await link.call(path, input, options)
        return isStream(output) ? mapEventIterator(output, { value: keep, error: refuse }) : output
      } catch (error) {
        throw toFailure(error)
      }
    },
  })
}

/** What the router answered, 'unavailable' when no answer can come, or 'internal' for one that nobody understands. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (isLost(error)) return new Failure('unavailable', LOST, { cause: error })
  const told = error instanceof ORPCError ? failureSchema.safeParse(error.data).data : undefined
  const { code, message } = told ?? describeFailure(error)
  return new Failure(code, message, { cause: error })
}

const LOST =
  'The connection to Atelier was lost before the answer came. It is tried again by itself; then repeat this.'

/** oRPC ends what is open with an AbortError, and says only in words that a socket or a queue is not open any more. */
function isLost(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof ORPCError) return false
  return error.name === 'AbortError' || error.message.includes('not open')
}

function isStream(output: unknown): output is Stream {
  return (
    typeof output === 'object' && output !== null && 'next' in output && typeof output.next === 'function'
  )
}

function keep<T>(value: T): Promise<T> {
  return Promise.resolve(value)
}

function refuse(error: unknown): Promise<Failure> {
  return Promise.resolve(toFailure(error))
}
