// What a grid says of an image besides showing it.

export interface ImageCaption {
  /** The image for people: 'test 47'. */
  readonly name: string
  /** The class that the data names. */
  readonly label: string
  /** What a run answered; null where no run is asked, or where it did not see the image. */
  readonly answer: {
    readonly label: string
    /** 0..1 */
    readonly confidence: number
    readonly isRight: boolean
  } | null
  /** Further words, such as the names of flags. */
  readonly marks?: readonly string[]
}

/** All of it in one line, for screen readers and the line below the grid. */
export function describeCaption({ name, label, answer, marks = [] }: ImageCaption): string {
  const answered =
    answer === null
      ? []
      : [
          `${answer.isRight ? 'rightly' : 'wrongly'} taken for ${answer.label} with ${(answer.confidence * 100).toFixed(0)} %`,
        ]
  return [name, label, ...answered, ...marks].join(', ')
}
