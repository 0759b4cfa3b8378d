// What may come through the port: a call or its withdrawal, as oRPC writes them. Everything else is refused before
// oRPC reads it, because what it cannot read it throws where nobody catches it. Inputs are checked by the contract.
import { z } from 'zod'

/** The largest request lines up 5,000 runs. */
const LONGEST = 32 * 1024 * 1024

const id = z.string().min(1).max(40)
const step = z.union([z.string().max(200), z.int()])

const callSchema = z.strictObject({
  i: id,
  p: z.strictObject({
    u: z.string().regex(/^(\/[A-Za-z]{1,40}){1,4}$/),
    b: z.strictObject({
      json: z.unknown(),
      meta: z.array(z.array(step).min(1).max(50)).max(10_000).optional(),
    }),
  }),
})
const withdrawalSchema = z.strictObject({ i: id, t: z.literal(4) })
const messageSchema = z.union([callSchema, withdrawalSchema])

/** The message as it may be read, or null for one that no page of ours sends. */
export function parsePortMessage(data: unknown): string | null {
  if (typeof data !== 'string' || data.length > LONGEST) return null
  try {
    return messageSchema.safeParse(JSON.parse(data)).success ? data : null
  } catch {
    return null // not JSON
  }
}
