// What the groups of calls of the contract are made of: the base of a call with its one failure, and the small inputs
// that many calls share. A group of calls is a file beside this one; contract.ts joins them.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { FAILURE_CODES } from '../failure.ts'

/** Errors that a call may end with; anything else is a defect and arrives as 'internal'. */
export const failureSchema = z.object({ code: z.enum(FAILURE_CODES), message: z.string() })

export const call = oc.errors({ FAILURE: { data: failureSchema } })

/** Inputs are strict: a key that the call does not know is refused, not dropped. */
export const nothing = z.strictObject({})

export const id = z.string().min(1).max(100)

export const path = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^\P{Cc}+$/u, 'a path has no control characters')
