// Hands a file to the user, to be saved where their browser or Electron saves downloads.

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The download holds the content by itself; the address would keep it in memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

export function saveText(
  name: string,
  type: 'text/csv' | 'text/html' | 'application/json' | 'image/svg+xml',
  text: string,
): void {
  saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }))
}
