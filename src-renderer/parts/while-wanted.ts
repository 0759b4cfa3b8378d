/**
 * For an effect that asks for something and shows the answer: an answer that comes when the effect has run again, or when
 * what it belongs to is gone, is not told any more.
 * @returns what the effect returns
 */
export function whileWanted<Value>(
  answer: Promise<Value>,
  onFound: (value: Value) => void,
  onFailed: (error: unknown) => void,
): () => void {
  let isWanted = true
  answer.then(
    (value) => {
      if (isWanted) onFound(value)
    },
    (error: unknown) => {
      if (isWanted) onFailed(error)
    },
  )
  return () => {
    isWanted = false
  }
}
