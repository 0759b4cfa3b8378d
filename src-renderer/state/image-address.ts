// What is asked of a dataset's images, as it stands in an address: short, plain and shareable. What cannot be read in an
// address is left out, as if it had not been asked for.
import {
  BY_INDEX,
  EVERY_IMAGE,
  IMAGE_ORDERS,
  IMAGE_SPLITS,
  type ImageFilter,
  imageFilterSchema,
  type ImageOrder,
  imageOrderSchema,
} from '#shared/images.ts'

type Texts = Readonly<Record<string, string>>

/** The images of a dataset, filtered and sorted; parts that are left out ask for all. */
export function addressOfImages(
  datasetId: string,
  filter: Partial<ImageFilter> = {},
  order: Partial<ImageOrder> = {},
): string {
  const texts = { ...writeFilter({ ...EVERY_IMAGE, ...filter }), ...writeOrder({ ...BY_INDEX, ...order }) }
  const kept = Object.entries(texts).filter(([, text]) => text !== '')
  const parameters = kept.length > 0 ? `?${new URLSearchParams(kept).toString()}` : ''
  return `#/datasets/${encodeURIComponent(datasetId)}${parameters}`
}

export function writeFilter({ splits, classes, flags, images, prediction }: ImageFilter): Texts {
  const [low, high] = prediction?.confidence ?? [0, 1]
  return {
    split: splits.join(','),
    class: classes.join(','),
    flag: flags.join(','),
    images: images === null ? '' : images.length === 0 ? 'none' : writeRanges(images),
    run: prediction?.runId ?? '',
    answer: prediction?.classes.join(',') ?? '',
    outcome: prediction?.outcome ?? '',
    confidence: low === 0 && high === 1 ? '' : `${low}-${high}`,
    differs: prediction?.differsFrom ?? '',
  }
}

export function readFilter(parameters: URLSearchParams): ImageFilter {
  const read = (name: string): string => parameters.get(name) ?? ''
  const list = (name: string): string[] =>
    read(name)
      .split(',')
      .filter((text) => text !== '')
  const numbers = (name: string): number[] => list(name).map(Number).filter(Number.isInteger)
  const runId = read('run')
  const outcome = read('outcome')
  const [low = 0, high = 1] = read('confidence')
    .split('-')
    .filter((text) => text !== '')
    .map(Number)
  const parts: { [Part in keyof ImageFilter]: unknown } = {
    splits: IMAGE_SPLITS.filter((split) => list('split').includes(split)),
    classes: numbers('class'),
    flags: list('flag'),
    images: read('images') === '' ? null : readRanges(read('images')),
    prediction:
      runId === ''
        ? null
        : {
            runId,
            classes: numbers('answer'),
            outcome: outcome === 'right' || outcome === 'wrong' ? outcome : null,
            confidence: low <= high ? [low, high] : [0, 1],
            differsFrom: read('differs') === '' ? null : read('differs'),
          },
  }
  return Object.entries(parts).reduce((filter, [name, part]) => {
    const result = imageFilterSchema.safeParse({ ...filter, [name]: part })
    return result.success ? result.data : filter
  }, EVERY_IMAGE)
}

/** 'brightness', or '-brightness' for the brightest first; 'likeness:42' for what is like image 42. */
export function writeOrder({ by, descending, image, runId }: ImageOrder): Texts {
  if (by === 'index' && !descending) return { sort: '' }
  const of = by === 'likeness' ? `:${image ?? 0}` : runId === null ? '' : `:${runId}`
  return { sort: `${descending ? '-' : ''}${by}${of}` }
}

export function readOrder(parameters: URLSearchParams): ImageOrder {
  const text = parameters.get('sort') ?? ''
  const descending = text.startsWith('-')
  const [name = '', of = ''] = text.slice(descending ? 1 : 0).split(':')
  const by = IMAGE_ORDERS.find((order) => order === name)
  if (by === undefined) return BY_INDEX
  if (by === 'likeness') {
    const result = imageOrderSchema.safeParse({ by, descending, image: of === '' ? NaN : Number(of) })
    return result.success ? result.data : BY_INDEX
  }
  return { by, descending, image: null, runId: of === '' ? null : of }
}

/** 3, 4, 5, 9 as '3-5,9'; the order of the images is not kept. */
function writeRanges(images: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const image of images.toSorted((one, other) => one - other)) {
    const last = ranges.at(-1)
    if (last !== undefined && image <= last[1] + 1) last[1] = image
    else ranges.push([image, image])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}

function readRanges(text: string): number[] {
  return text.split(',').flatMap((range) => {
    const [from = NaN, to = from] = range.split('-').map(Number)
    const isRange = Number.isInteger(from) && Number.isInteger(to) && to >= from && to - from < 100_000
    return isRange ? Array.from({ length: to - from + 1 }, (_, step) => from + step) : []
  })
}
