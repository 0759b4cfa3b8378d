// What the library's list says of each dataset, in the four states that one can be in.
import type { DatasetRecord } from './installed-dataset.ts'
import type { KnownDataset } from './known-datasets.ts'

/** On this machine, in the library's folder. */
export interface InstalledEntry extends DatasetRecord {
  readonly state: 'installed'
  /** What its four files take on the disk. */
  readonly bytes: number
}

/** Drawn by a program, always there, and cannot be removed. */
export interface GeneratedEntry {
  readonly state: 'generated'
  readonly id: string
  readonly name: string
}

/** Known, and not on this machine. */
export interface AvailableEntry {
  readonly state: 'available'
  readonly id: string
  readonly name: string
  readonly downloadBytes: number
  readonly source: string
  readonly licence: string
  readonly citation: string
}

/** In the library's folder, and not readable; it can be removed. */
export interface DamagedEntry {
  readonly state: 'damaged'
  readonly id: string
  readonly reason: string
}

export type DatasetEntry = InstalledEntry | GeneratedEntry | AvailableEntry | DamagedEntry

export function describeAvailable(known: KnownDataset): AvailableEntry {
  const { id, name, source, licence, citation } = known
  const downloadBytes = known.files.reduce((sum, file) => sum + file.bytes, 0)
  return { state: 'available', id, name, downloadBytes, source, licence, citation }
}
