// Names that people or files bring, made fit to be the name of one file or folder on every system.

const MAX_LENGTH = 80
const RESERVED_BY_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/** 'T-shirt/top' becomes 'T-shirt-top'; what leads elsewhere or is nothing becomes 'other'. */
export function folderNameOf(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, '-')
    .slice(0, MAX_LENGTH)
    .replaceAll(/^[.\s-]+|[.\s-]+$/g, '')
  if (plain === '') return 'other'
  return RESERVED_BY_WINDOWS.test(plain) ? `${plain}-` : plain
}
