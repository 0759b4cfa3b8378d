// The remembered places of the window, in a small file of the data folder. What cannot be read is forgotten: it decides
// nothing but where the window opens.
import { readFile } from 'node:fs/promises'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { type WindowPlaces, windowPlacesSchema } from './window-place.ts'

export async function readPlaces(file: string): Promise<WindowPlaces | null> {
  try {
    return windowPlacesSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

/** @throws Failure when the disk refuses */
export async function writePlaces(file: string, places: WindowPlaces): Promise<void> {
  await writeFileAtomically(file, `${JSON.stringify(places)}\n`)
}
