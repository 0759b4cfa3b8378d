// A data folder of its own for one test, removed with it.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Store, openStore } from '#main/store/open-store.ts'

export function temporaryHome(): string {
  const directory = mkdtempSync(join(tmpdir(), 'atelier-store-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

export function copyHome(original: string): string {
  const directory = temporaryHome()
  cpSync(original, directory, { recursive: true, preserveTimestamps: true })
  return directory
}

/** A store that is closed with the test, in a folder of its own unless one is given. */
export async function temporaryStore(directory = temporaryHome()): Promise<Store> {
  const store = await openStore({ directory })
  onTestFinished(() => store.close())
  return store
}
