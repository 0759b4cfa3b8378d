// Which class and which split the photos of a folder belong to: the folder right below names the class, and where there
// are two folders 'train' and 'test' above the classes, they name the split.
import { FASHION_CLASS_NAMES } from '#shared/core/datasets/dataset.ts'
import type { LeftOut } from '#shared/photo-dataset.ts'
import type { FoundPhoto } from './find-photos.ts'
import { findClass } from './folder-labels.ts'

export interface ArrangedPhoto extends FoundPhoto {
  /** Number of its class. */
  readonly label: number
  /** Null where the folders do not say. */
  readonly split: 'train' | 'test' | null
}

export interface Arrangement {
  readonly classNames: readonly string[]
  /** In the order in which they were found. */
  readonly photos: readonly ArrangedPhoto[]
  /** Photos that lie in no folder of a class. */
  readonly leftOut: readonly LeftOut[]
}

/** @param found with paths that begin with the name of the folder itself */
export function arrangePhotos(found: readonly FoundPhoto[]): Arrangement {
  const placed = found.map((photo) => ({ photo, folders: photo.file.split('/').slice(1, -1) }))
  const splits = new Set(placed.flatMap(({ folders }) => folders.slice(0, 1)).map(readSplit))
  const namesSplits = splits.size === 2 && !splits.has(null)
  const depth = namesSplits ? 1 : 0
  const folderNames = [...new Set(placed.flatMap(({ folders }) => folders.slice(depth, depth + 1)))]
  const classes = nameClasses(folderNames)
  const photos: ArrangedPhoto[] = []
  const leftOut: LeftOut[] = []
  for (const { photo, folders } of placed) {
    const label = classes.folders.indexOf(folders[depth] ?? '')
    const split = namesSplits ? readSplit(folders[0] ?? '') : null
    if (label < 0) leftOut.push({ file: photo.file, reason: 'It lies in no folder of a class.' })
    else photos.push({ ...photo, label, split })
  }
  return { classNames: classes.names, photos, leftOut }
}

function readSplit(folder: string): 'train' | 'test' | null {
  const name = folder.toLowerCase()
  return name === 'train' || name === 'test' ? name : null
}

const collator = new Intl.Collator('en', { numeric: true })

/**
 * Folders that all mean classes of Fashion-MNIST, each another one, take their names and order, so that runs on both can be
 * told together; any others are classes by their own names.
 */
function nameClasses(folders: readonly string[]): {
  readonly folders: readonly string[]
  readonly names: readonly string[]
} {
  const known = new Map(folders.map((folder) => [findClass(folder, FASHION_CLASS_NAMES), folder]))
  if (known.has(null) || known.size < folders.length) {
    const sorted = folders.toSorted(collator.compare)
    return { folders: sorted, names: sorted }
  }
  const names = FASHION_CLASS_NAMES.filter((name) => known.has(name))
  return { folders: names.map((name) => known.get(name) ?? ''), names }
}
