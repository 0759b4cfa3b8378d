// The orders that images can be put in, as one chooses them: an order and its direction in one.
import type { ImageOrder, ImageOrderName } from '#shared/images.ts'

interface OrderChoice {
  readonly value: string
  readonly label: string
  readonly by: ImageOrderName
  readonly descending: boolean
}

const WITHOUT_RUN: readonly OrderChoice[] = [
  { value: 'index', label: 'In the order of the files', by: 'index', descending: false },
  { value: '-index', label: 'Last of the files first', by: 'index', descending: true },
  { value: 'class', label: 'By class', by: 'class', descending: false },
  { value: '-brightness', label: 'Brightest first', by: 'brightness', descending: true },
  { value: 'brightness', label: 'Darkest first', by: 'brightness', descending: false },
]
const WITH_RUN: readonly OrderChoice[] = [
  { value: '-mistake', label: 'Most confident mistakes first', by: 'mistake', descending: true },
  { value: 'confidence', label: 'Least confident first', by: 'confidence', descending: false },
  { value: '-confidence', label: 'Most confident first', by: 'confidence', descending: true },
  { value: 'answer', label: 'By answer', by: 'answer', descending: false },
]
const WITH_FLAGS: readonly OrderChoice[] = [
  { value: 'flag', label: 'With a quality flag first', by: 'flag', descending: false },
]
const LIKENESS: readonly OrderChoice[] = [
  { value: 'likeness', label: 'Most alike first', by: 'likeness', descending: false },
  { value: '-likeness', label: 'Least alike first', by: 'likeness', descending: true },
]

interface Orderable {
  readonly hasRun: boolean
  readonly hasFlags: boolean
  /** What others are likened to, once one was chosen for that. */
  readonly image: number | null
}

export function listOrders({ hasRun, hasFlags, image }: Orderable): readonly OrderChoice[] {
  return [
    ...WITHOUT_RUN,
    ...(hasFlags ? WITH_FLAGS : []),
    ...(hasRun ? WITH_RUN : []),
    ...(image === null ? [] : LIKENESS),
  ]
}

export function valueOfOrder({ by, descending }: ImageOrder): string {
  return `${descending ? '-' : ''}${by}`
}
