// Photos as a test brings them: files in memory, dropped, pasted or chosen.
import { page } from 'vitest/browser'

/** @param bytes of the file; nothing decodes it */
export function makeFile(name: string, bytes = 20, type = 'image/jpeg'): File {
  return new File([new Uint8Array(bytes).fill(7)], name, { type })
}

export function dropFiles(files: readonly File[]): void {
  const dataTransfer = carry(files)
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
}

export function dragOver(files: readonly File[]): void {
  const dataTransfer = carry(files)
  document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }))
}

export function pasteFiles(files: readonly File[]): void {
  const clipboardData = carry(files)
  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}

/** As the system's chooser does; folders stand in the names. */
export function chooseFolder(files: readonly File[]): void {
  const input = page.getByLabelText('A folder of photos').element() as HTMLInputElement
  input.files = carry(files).files
  for (const [index, file] of files.entries())
    Object.defineProperty(input.files[index], 'webkitRelativePath', { value: file.name })
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

function carry(files: readonly File[]): DataTransfer {
  const data = new DataTransfer()
  for (const file of files) data.items.add(file)
  return data
}
