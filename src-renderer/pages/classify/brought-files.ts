// Files that a user brings: from a drop, a file or folder chooser, or the clipboard. Names keep their folders, because a
// folder may be a class. What is hidden stays hidden; what a folder holds besides pictures is named, never just lost.
import { MAX_BATCH_PHOTOS } from '#shared/contract/photos.ts'
import { isCalledPicture, isHiddenName } from '#shared/photo-files.ts'

export interface BroughtFile {
  /** With its folders: 'autumn/dress/12.jpg'. */
  readonly name: string
  readonly file: File
}

export interface Brought {
  readonly files: readonly BroughtFile[]
  /** Names of the files in folders that are not called pictures. */
  readonly leftOut: readonly string[]
  /** Whether there were more than one batch takes. */
  readonly isCut: boolean
}

/** Whether something that is dragged would bring files. */
export function bringsFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') === true
}

/** Has to be called while the drop is handled; folders are looked through after that. */
export async function readDrop(data: DataTransfer): Promise<Brought> {
  const dropped = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? item.getAsFile() ?? [])
  const files: BroughtFile[] = []
  for (const one of dropped) {
    if (one instanceof File) {
      files.push({ name: one.name, file: one })
      continue
    }
    for await (const found of walk(one)) {
      files.push(found)
      if (files.length > MAX_BATCH_PHOTOS * 2) break // no folder of photos, but a whole disk
    }
  }
  return choose(files)
}

/** Of `<input type=file>`, also of one that takes a folder. */
export function readChosen(list: FileList): Brought {
  return choose(
    [...list].map((file) => ({
      name: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath,
      file,
    })),
  )
}

/** Pictures in the clipboard have no name, or all the same one. */
export function readClipboard(data: DataTransfer): Brought {
  const files = [...data.files].map((file, index, all) => {
    if (!/^image\.\w+$/.test(file.name) && file.name !== '') return { name: file.name, file }
    const number = all.length > 1 ? `-${index + 1}` : ''
    return { name: `pasted${number}.${file.type.split('/')[1] ?? 'png'}`, file }
  })
  return choose(files)
}

function choose(found: readonly BroughtFile[]): Brought {
  const seen = found.filter(({ name }) => !name.split('/').some(isHiddenName))
  const files = seen.filter(isWanted)
  return {
    files: files.slice(0, MAX_BATCH_PHOTOS).map(({ name, file }) => ({ name: cleanName(name), file })),
    leftOut: seen.filter((one) => !isWanted(one)).map(({ name }) => cleanName(name)),
    isCut: files.length > MAX_BATCH_PHOTOS,
  }
}

/** A file that was named by itself is taken whatever it is, so that it can be said why it is no photo. */
function isWanted({ name, file }: BroughtFile): boolean {
  return !name.includes('/') || isCalledPicture(name) || file.type.startsWith('image/')
}

function cleanName(name: string): string {
  const clean = name.replaceAll(/\p{Cc}/gu, '').slice(-1024)
  return clean === '' ? 'photo' : clean
}

async function* walk(entry: FileSystemEntry): AsyncGenerator<BroughtFile, void, void> {
  if (isHiddenName(entry.name)) return
  if (isFileEntry(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    yield { name: entry.fullPath.replace(/^\//, ''), file }
  } else if (isFolderEntry(entry)) {
    for (const inner of await listFolder(entry)) yield* walk(inner)
  }
}

/** Their classes have no names in every browser. */
function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolderEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

/** The browser hands over a hundred entries at a time, and an empty list at the end. */
async function listFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all.sort((one, other) => (one.name < other.name ? -1 : 1))
    all.push(...some)
  }
}
