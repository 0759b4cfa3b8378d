// Which parts of an input an answer rests on: windows of it are covered in turn, and what the probability of the label
// loses is laid on the pixels that were covered. Source: Zeiler and Fergus 2014, "Visualizing and understanding
// convolutional networks", section 4.2.

/** Side of what is covered, in pixels. */
export const OCCLUSION_WINDOW = 6
const WINDOW = OCCLUSION_WINDOW
const STEP = 2

/**
 * @param answer probabilities of the label for inputs of this size, one after the other
 * @returns as spreadLosses does
 */
export async function measureOcclusion(
  input: Uint8Array,
  width: number,
  height: number,
  answer: (inputs: Uint8Array) => Promise<readonly number[]>,
): Promise<number[]> {
  const [whole = 0] = await answer(input)
  return spreadLosses(whole, await answer(coverWindows(input, width, height)), width, height)
}

/** The input with each window set to background, one after the other. */
export function coverWindows(input: Uint8Array, width: number, height: number): Uint8Array {
  const places = placeWindows(width, height)
  const covered = new Uint8Array(places.length * input.length)
  places.forEach((place, index) => {
    const picture = covered.subarray(index * input.length, (index + 1) * input.length)
    picture.set(input)
    eachPixel(place, width, height, (pixel) => {
      picture[pixel] = 0
    })
  })
  return covered
}

/**
 * @param whole probability of the label for the input as it is
 * @param probabilities of the label for each covered input, in the order of coverWindows
 * @returns for each pixel the mean loss over the windows that cover it: above 0 where the answer rests on it
 */
export function spreadLosses(
  whole: number,
  probabilities: readonly number[],
  width: number,
  height: number,
): number[] {
  const sums = new Float64Array(width * height)
  const counts = new Uint32Array(width * height)
  placeWindows(width, height).forEach((place, index) => {
    eachPixel(place, width, height, (pixel) => {
      sums[pixel] = (sums[pixel] ?? 0) + whole - (probabilities[index] ?? whole)
      counts[pixel] = (counts[pixel] ?? 0) + 1
    })
  })
  return Array.from(sums, (sum, pixel) => sum / Math.max(1, counts[pixel] ?? 0))
}

interface Place {
  readonly left: number
  readonly top: number
}

/** Windows reach over the edges, so that every pixel lies under as many. */
function placeWindows(width: number, height: number): readonly Place[] {
  const along = (side: number): number[] =>
    Array.from({ length: Math.ceil((side + WINDOW) / STEP) - 1 }, (_, index) => index * STEP + STEP - WINDOW)
  return along(height).flatMap((top) => along(width).map((left) => ({ left, top })))
}

function eachPixel(
  { left, top }: Place,
  width: number,
  height: number,
  visit: (pixel: number) => void,
): void {
  for (let y = Math.max(0, top); y < Math.min(height, top + WINDOW); y++)
    for (let x = Math.max(0, left); x < Math.min(width, left + WINDOW); x++) visit(y * width + x)
}
