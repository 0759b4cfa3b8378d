// What the parts of the Classify page share, handed down by Svelte's context.
import { createContext } from 'svelte'
import type { Batches } from './batches.svelte.ts'
import type { Intake } from './intake.svelte.ts'
import type { Judges } from './judges.svelte.ts'

export interface ClassifyContext {
  readonly judges: Judges
  readonly batches: Batches
  readonly intake: Intake
  /** Opens the chooser of the system. */
  readonly choosePhotos: () => void
  readonly chooseFolder: () => void
}

const [read, provide] = createContext<ClassifyContext>()

/** To be called while a component starts. */
export const useClassify = read
export const provideClassify = provide
