// What the shell stands on: a router of the contract, and the end of everything behind it.
import type { Router } from '@orpc/server'
import type { Contract } from '#shared/contract.ts'
import type { SpawnTrainer } from '../training/spawn-trainer.ts'
import type { Note } from './shell-log.ts'

export interface ShellHost {
  readonly router: Router<Contract, Record<string, never>>
  close(): Promise<void>
}

export interface ShellSetting {
  /** The data folder. */
  readonly home: string
  readonly version: string
  readonly files: ShellFiles
  /** @throws Failure when the data folder is in use or cannot be opened */
  readonly openHost: (processes: HostProcesses, note: Note) => Promise<ShellHost>
}

/** How the host's processes are started. */
export interface HostProcesses {
  readonly spawnTrainer: SpawnTrainer
  readonly spawnDecoder: SpawnTrainer
  readonly spawnClassifier: SpawnTrainer
}

/** Paths of what is built and shipped. */
export interface ShellFiles {
  /** The folder of the page's files. */
  readonly page: string
  readonly preload: string
  readonly trainer: string
  readonly decoder: string
  readonly classifier: string
  /** The folder of the hidden page that computes on a GPU, and what hands it its port. */
  readonly trainerPage: string
  readonly trainerPreload: string
  readonly icon: string
}
