// JSON from a file that may be anything.

/** Null also for what is no JSON: whoever asks checks what comes back in either case. */
export function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
