// From one image to another: the next one, the one before, one that the run got wrong.
import type { Client } from '#shared/client.ts'
import type { InspectSubject } from '#shared/contract/inspect.ts'
import { Failure } from '#shared/failure.ts'
import type { Inside } from '#shared/inspect/inside.ts'
import { BY_INDEX, EVERY_IMAGE, placeInSplit } from '#shared/images.ts'
import { readList } from '../../state/image-library.svelte.ts'

/** @param count images of the split, or null where it is not known; photos have no neighbours */
export function stepFrom(subject: InspectSubject, by: 1 | -1, count: number | null): InspectSubject | null {
  if (subject.type === 'photo') return null
  const index = subject.index + by
  return index < 0 || (count !== null && index >= count) ? null : { ...subject, index }
}

/**
 * One of the images that the run answered wrongly, by chance.
 * @throws Failure 'not-found' where there is none, and what the calls refuse with
 */
export async function findMistake(
  client: Client,
  runId: string,
  { datasetId, directory }: Pick<Inside, 'datasetId' | 'directory'>,
): Promise<InspectSubject> {
  const source = { datasetId, directory }
  const prediction = {
    ...{ runId, classes: [], outcome: 'wrong' as const },
    ...{ confidence: [0, 1] as [number, number], differsFrom: null },
  }
  const [blob, { trainCount }] = await Promise.all([
    client.images.select({ ...source, filter: { ...EVERY_IMAGE, prediction }, order: BY_INDEX }),
    client.images.describe(source),
  ])
  const mistakes = await readList(blob)
  const [chance = 0] = crypto.getRandomValues(new Uint32Array(1))
  const image = mistakes[chance % Math.max(1, mistakes.length)]
  if (image === undefined)
    throw new Failure('not-found', 'This run answered every image that it was evaluated on rightly.')
  return { type: 'image', ...placeInSplit(image, trainCount) }
}
