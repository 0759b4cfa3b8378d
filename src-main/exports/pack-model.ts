// An export as one file, for a browser to save: what has two files is packed into a ZIP archive with a folder in it.
import type { ExportedFile } from './exported-model.ts'
import { packZip } from './zip.ts'

/** @param name of the archive's folder and of the file, without an ending */
export function packModel(files: readonly ExportedFile[], name: string): ExportedFile {
  const [only, ...others] = files
  if (only !== undefined && others.length === 0) {
    return { name: `${name}${only.name.slice(only.name.lastIndexOf('.'))}`, bytes: only.bytes }
  }
  const inFolder = files.map((file) => ({ ...file, name: `${name}/${file.name}` }))
  return { name: `${name}.zip`, bytes: packZip(inFolder) }
}

/** The run's name as every file system takes it, and its id. */
export function nameRunFile({ id, name }: { readonly id: string; readonly name: string }): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
  return plain === '' ? `atelier-${id}` : `atelier-${plain}-${id}`
}
