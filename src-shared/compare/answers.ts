// What two models answered on the same images: where both are right, where only one is, and by class.

/** 1 for each image whose answer is its true class. Null where the lists are not of the same images. */
export function markRight(answers: Uint8Array, truth: Uint8Array): Uint8Array | null {
  if (answers.length !== truth.length) return null
  const right = new Uint8Array(answers.length)
  for (let image = 0; image < right.length; image++) right[image] = answers[image] === truth[image] ? 1 : 0
  return right
}

export interface Agreement {
  readonly images: number
  readonly bothRight: number
  readonly bothWrong: number
  /** Images that only the first has right, and only the second. */
  readonly firstOnly: number
  readonly secondOnly: number
}

/** @param first as `markRight` gives it, of the same images in the same order as `second` */
export function countAgreement(first: Uint8Array, second: Uint8Array): Agreement {
  let bothRight = 0
  let firstOnly = 0
  let secondOnly = 0
  for (let image = 0; image < first.length; image++) {
    if (first[image] === 1 && second[image] === 1) bothRight++
    else if (first[image] === 1) firstOnly++
    else if (second[image] === 1) secondOnly++
  }
  const images = first.length
  return { images, bothRight, firstOnly, secondOnly, bothWrong: images - bothRight - firstOnly - secondOnly }
}

/** An Agreement for each class, by the true class of the images. */
export function agreementByClass(
  first: Uint8Array,
  second: Uint8Array,
  truth: Uint8Array,
  classCount: number,
): readonly Agreement[] {
  return Array.from({ length: classCount }, (_, label) => {
    const ofClass = (marks: Uint8Array): Uint8Array => marks.filter((_mark, image) => truth[image] === label)
    return countAgreement(ofClass(first), ofClass(second))
  })
}

/** Numbers of the images that one of the two has right and the other wrong. */
export function listFlips(first: Uint8Array, second: Uint8Array): readonly number[] {
  const flips: number[] = []
  for (let image = 0; image < first.length; image++) if (first[image] !== second[image]) flips.push(image)
  return flips
}
