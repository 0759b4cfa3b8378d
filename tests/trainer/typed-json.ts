// Typed arrays as JSON and back: between a test in Node and a page nothing else travels. (The page's side is in `greet`.)

export function encodeTyped(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    ArrayBuffer.isView(part) ? { typed: part.constructor.name, values: [...(part as Uint8Array)] } : part,
  )
}

export function reviveTyped(text: string): unknown {
  const kinds = { Uint8Array, Uint32Array, Float32Array }
  return JSON.parse(text, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || !('typed' in part) || !('values' in part)) return part
    return kinds[part.typed as keyof typeof kinds].from(part.values as number[])
  })
}
