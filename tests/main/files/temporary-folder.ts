// A folder of its own for a test, gone when the test has finished.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export async function makeTemporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
