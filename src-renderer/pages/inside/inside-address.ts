// Which image is looked at, and where inside the network, as it stands in the address.
import { type InspectSubject, inspectSubjectSchema } from '#shared/contract/inspect.ts'

/** What is chosen in the chain: a stage (0 is the image, then the layers, then softmax) and a map or unit of it. */
export interface Choice {
  readonly stage: number
  readonly map: number
}

type Texts = Readonly<Record<string, string>>

/** The first test image where the address names none that can be. */
export function readSubject(parameters: URLSearchParams): InspectSubject {
  const batchId = parameters.get('batch')
  const wanted =
    batchId === null
      ? {
          type: 'image',
          split: parameters.get('split') ?? 'test',
          index: Number(parameters.get('image') ?? 0),
        }
      : { type: 'photo', batchId, number: Number(parameters.get('photo') ?? 0) }
  const result = inspectSubjectSchema.safeParse(wanted)
  return result.success ? result.data : { type: 'image', split: 'test', index: 0 }
}

export function writeSubject(subject: InspectSubject): Texts {
  return subject.type === 'image'
    ? { split: subject.split, image: `${subject.index}` }
    : { batch: subject.batchId, photo: `${subject.number}` }
}

/** Null where nothing is chosen. */
export function readChoice(parameters: URLSearchParams): Choice | null {
  const stage = Number(parameters.get('stage') ?? NaN)
  const map = Number(parameters.get('map') ?? 0)
  const isChoice = Number.isInteger(stage) && Number.isInteger(map) && stage >= 0 && map >= 0
  return isChoice ? { stage, map } : null
}

export function writeChoice({ stage, map }: Choice): Texts {
  return { stage: `${stage}`, map: `${map}` }
}
