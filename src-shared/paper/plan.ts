// What a row of the paper is: the experiment that gives it, after which epoch it is read, and the printed figures that
// it is held against. The rows themselves stand in tables.ts.
import { type Experiment, parseExperiment } from '../experiment.ts'
import { findPreset, type Preset } from '../presets.ts'
import type { PrintedFigures } from './printed-figures.ts'

export const PAPER_TABLE_IDS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'ANN'] as const
export type PaperTableId = (typeof PAPER_TABLE_IDS)[number]

/** Settings of a row without what a scope and a seed add; its epochs are the one after which the row is read. */
export type RowSettings = Omit<Preset['settings'], 'seed'>

export interface PaperRow {
  /** Such as 'I.sgd'; unique among all tables. */
  readonly id: string
  readonly label: string
  /** A row that the paper prints, or one beside it that makes the table fair or complete. */
  readonly kind: 'paper' | 'beside'
  /** The experiment by its preset; a row beside may change it. */
  readonly preset: string
  /** Whether the preset alone gives it. */
  readonly isPreset: boolean
  readonly settings: RowSettings
  readonly printed: PrintedFigures | null
  /** Why this row is here, or how its printed figures are read; empty where there is nothing to say. */
  readonly note: string
  /** What is known of why our figures depart from the printed ones; null where nothing has to be explained. */
  readonly departure: string | null
}

export interface PaperFinding {
  readonly title: string
  readonly text: string
  /** The rows whose runs show it. */
  readonly rows: readonly string[]
  /** What is counted over the seeds that two rows have in common. */
  readonly check?: {
    readonly kind: 'equal' | 'difference' | 'collapse'
    readonly first: string
    readonly second: string
  }
}

export interface PaperTable {
  readonly id: PaperTableId
  /** The word over the first column. */
  readonly factor: string
  readonly title: string
  readonly rows: readonly PaperRow[]
  readonly findings: readonly PaperFinding[]
}

/** On what the rows are trained: all images, or fewer, which then are other figures and never shown as the full ones. */
export interface PaperScope {
  readonly dataset: string
  /** Null for all training images, as the paper has it. */
  readonly trainImages: number | null
}

/** How many training images the quick version uses. */
export const QUICK_TRAIN_IMAGES = 6000

/** The paper's own seed; further seeds are the numbers after it. */
export const FIRST_SEED = 42
export const MOST_SEEDS = 20
/** Rows of more epochs than the paper's default are trained with fewer seeds. */
const SHORT_EPOCHS = 3

export interface SeedCounts {
  /** For rows of three epochs and fewer. */
  readonly short: number
  readonly long: number
}

export const DEFAULT_SEED_COUNTS: SeedCounts = { short: 3, long: 1 }

export function seedsOf(row: PaperRow, counts: SeedCounts): readonly number[] {
  const count =
    row.settings.epochs !== undefined && row.settings.epochs > SHORT_EPOCHS ? counts.long : counts.short
  return Array.from({ length: count }, (_, index) => FIRST_SEED + index)
}

/** The training of a row for one seed, no longer than the row needs. */
export function experimentOf(row: PaperRow, scope: PaperScope, seed: number): Experiment {
  return parseExperiment({ ...row.settings, ...scope, seed })
}

interface RowWords {
  readonly printed?: PrintedFigures
  readonly note?: string
  readonly departure?: string
}

/** A row as the paper prints it. @param preset gives its experiment */
export function paperRow(id: string, label: string, preset: string, words: RowWords): PaperRow {
  return buildRow('paper', id, label, preset, {}, words)
}

/** A row that the paper does not print. @param change what differs from the preset */
export function rowBeside(
  id: string,
  label: string,
  preset: string,
  change: Partial<RowSettings>,
  words: RowWords,
): PaperRow {
  return buildRow('beside', id, label, preset, change, words)
}

/** @throws Error for a name that no preset has */
function buildRow(
  kind: PaperRow['kind'],
  id: string,
  label: string,
  preset: string,
  change: Partial<RowSettings>,
  { printed, note = '', departure }: RowWords,
): PaperRow {
  const found = findPreset(preset)
  if (found === undefined) throw new Error(`the row ${id} names a preset that is not there: ${preset}`)
  const { seed: _, ...settings } = found.settings
  return {
    ...{ id, label, kind, preset, note },
    isPreset: Object.keys(change).length === 0,
    settings: { ...settings, ...change },
    printed: printed ?? null,
    departure: departure ?? null,
  }
}
