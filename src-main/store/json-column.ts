// A JSON column is text that is checked by whoever reads it: it comes out as unknown.

/** @throws SyntaxError for text that is not JSON */
export function decodeJson(text: string | null): unknown {
  return text === null ? null : (JSON.parse(text) as unknown)
}
