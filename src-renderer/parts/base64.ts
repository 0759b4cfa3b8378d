// Bytes as the contract carries them.

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}

/** The browser encodes in native code, which megabytes need. */
export async function toBase64(content: Blob): Promise<string> {
  const reader = new FileReader()
  const isRead = new Promise((resolve, reject) => {
    reader.onload = resolve
    reader.onerror = () => reject(reader.error ?? new Error('The file could not be read.'))
  })
  reader.readAsDataURL(content)
  await isRead
  const address = typeof reader.result === 'string' ? reader.result : ''
  return address.slice(address.indexOf(',') + 1)
}
