// Labels out of folders: photos that lie in folders named like classes are a labelled set at once. Folders are named by
// people, so 'T-shirts' is not asked for: case, spaces and hyphens do not count, and either half of 'T-shirt/top' will do.

/** Each name in the forms that a folder may have. */
function formsOf(className: string): readonly string[] {
  return [className, ...className.split('/')].map(simplify)
}

function simplify(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

/** The class that a label or folder means, or null. */
export function findClass(name: string, classNames: readonly string[]): string | null {
  const simple = simplify(name)
  if (simple === '') return null
  const exact = classNames.find((className) => simplify(className) === simple)
  return exact ?? classNames.find((className) => formsOf(className).includes(simple)) ?? null
}

export interface FolderLabels {
  /** For each file in its order: the class that its folder means, else the folder's own name; null without labels. */
  readonly labels: readonly (string | null)[]
  /** The folders that count as labels; empty where the folders are no classes. */
  readonly folders: readonly string[]
}

/**
 * Folders are labels where at least two of them, and at least half, are named like classes.
 * @param files paths with slashes; the last folder of each is what counts
 */
export function readFolderLabels(files: readonly string[], classNames: readonly string[]): FolderLabels {
  const folderOf = files.map((file) => file.split('/').at(-2) ?? null)
  const folders = [...new Set(folderOf.filter((folder) => folder !== null))]
  const known = folders.filter((folder) => findClass(folder, classNames) !== null)
  if (known.length < 2 || known.length * 2 < folders.length)
    return { labels: files.map(() => null), folders: [] }
  const labels = folderOf.map((folder) =>
    folder === null ? null : (findClass(folder, classNames) ?? folder),
  )
  return { labels, folders }
}
