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
  readonly openHost: (spawnTrainer: SpawnTrainer, note: Note) => Promise<ShellHost>
}

/** Paths of what is built and shipped. */
export interface ShellFiles {
  /** The folder of the page's files. */
  readonly page: string
  readonly preload: string
  readonly trainer: string
  readonly icon: string
}
