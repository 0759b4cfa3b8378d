// A host over a data folder of its own, closed with the test.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Host, openHost } from '#main/host/host.ts'
import { locateHome } from '#main/home.ts'
import type { SpawnTrainer } from '#main/training/spawn-trainer.ts'
import type { RunRequest } from '#main/prepare-runs.ts'
import type { AppEvent } from '#shared/contract.ts'

export interface TestHostOptions {
  readonly home?: string
  readonly dataDirectory?: string | null
  readonly log?: (line: string) => void
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'atelier-host-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export async function openTestHost(spawnTrainer: SpawnTrainer, options: TestHostOptions = {}): Promise<Host> {
  const host = await openHost({
    home: locateHome(options.home ?? join(temporaryFolder(), 'home')),
    purpose: 'in a test',
    version: '0.0.0',
    spawnTrainer,
    dataDirectory: options.dataDirectory ?? null,
    log: options.log ?? ((line) => process.stderr.write(`${line}\n`)),
  })
  onTestFinished(() => host.close())
  return host
}

/** A request for each seed, of so many epochs, on the dataset that is always there. */
export function requestSeeds(seeds: readonly number[], epochs = 2): readonly RunRequest[] {
  return seeds.map((seed) => ({
    settings: { seed, epochs, model: { name: 'mlp', hiddenUnits: [8] } },
    dataset: 'sketches',
    directory: null,
    name: `Seed ${seed}`,
  }))
}

/** Lines runs up. @returns their ids */
export async function queueSeeds(
  host: Host,
  seeds: readonly number[],
  epochs = 2,
): Promise<readonly string[]> {
  return host.queue.add(await host.backend.prepareRuns(requestSeeds(seeds, epochs)), 'cpu')
}

/** Resolves when an announced event passes the test. */
export async function waitForEvent(host: Host, isWanted: (event: AppEvent) => boolean): Promise<AppEvent> {
  for await (const event of host.announcer.read(new AbortController().signal))
    if (isWanted(event)) return event
  throw new Error('the host was closed before the event')
}

/** Resolves when a run has the status and its place is given free. */
export async function waitForStatus(host: Host, runId: string, status: string): Promise<void> {
  const events = host.announcer.read(new AbortController().signal)
  const isReached = async (): Promise<boolean> =>
    (await host.backend.store.findRun(runId)).status === status &&
    (['running', 'paused'].includes(status) || !host.queue.isCurrent(runId))
  while (!(await isReached())) if ((await events.next()).done === true) throw new Error('the host was closed')
  await events.return()
}
