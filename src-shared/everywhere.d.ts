// What every JavaScript runtime has and no language library declares; this layer knows neither Node's nor the DOM's types.

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean })
  decode(bytes: Uint8Array): string
}

declare class Blob {
  readonly size: number
  arrayBuffer(): Promise<ArrayBuffer>
}

/** Base64 of letters below 256, and back. */
declare function btoa(letters: string): string
declare function atob(text: string): string
