// A run that goes on from another run's weights with labelled photos: what its experiment says of that, and what was gained.
import { z } from 'zod'

/** Photos as networks see them, with the labels that someone gave them. */
export interface PhotoSet {
  /** [count, 28, 28] bytes, 0 background. */
  readonly inputs: Uint8Array
  /** `count` class numbers of the run. */
  readonly labels: Uint8Array
}

/** Part of an experiment; null for one that starts from its seed. */
export const adaptationSchema = z.strictObject({
  /** The run whose weights it starts from, after this epoch of it. */
  parentRunId: z.string().min(1).max(100),
  parentEpoch: z.int().min(1),
  /** Names the photos by their content: the first 16 hex digits of a SHA-256. */
  photos: z.string().regex(/^[0-9a-f]{16}$/),
  photoCount: z.int().min(1),
})
export type Adaptation = z.infer<typeof adaptationSchema>

/** '76 photos, from 8k2m4nq1'; null for a run that starts from its seed. */
export function describeOrigin(adaptation: Adaptation | null): string | null {
  if (adaptation === null) return null
  const { photoCount, parentRunId } = adaptation
  return `${photoCount} photos, from ${parentRunId}`
}

/** What a run would be adapted with, before it is lined up. */
export const adaptationOutlookSchema = z.object({
  /** Labelled photos that count: a photo that is in two batches counts once. */
  count: z.int(),
  /** Of every class of the run, in its order. */
  classes: z.array(z.object({ className: z.string(), count: z.int() })),
  /** Why the run cannot be adapted with them; null when it can. */
  problem: z.string().nullable(),
})
export type AdaptationOutlook = z.infer<typeof adaptationOutlookSchema>

/** Measured on photos kept aside: each photo is judged by a copy that was adapted without it. */
export const adaptationGainSchema = z.object({
  folds: z.int(),
  /** Photos; `before` and `after` are how many of them the parent and the adapted copies have right. */
  count: z.int(),
  before: z.int(),
  after: z.int(),
})
export type AdaptationGain = z.infer<typeof adaptationGainSchema>
