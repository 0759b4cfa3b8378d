// A path as people paste it: with quotes around it, or as a file: address.
export function readPath(text: string): string {
  const bare = text.trim().replace(/^(["'])(.*)\1$/, '$2')
  return bare.startsWith('file://') ? decodeURIComponent(new URL(bare).pathname) : bare
}
