// One trial of endurance: trains, is killed, is looked at, goes on, is killed again if so planned, and in the end
// has to be what a training without any kill is.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import type { Run, SplitPredictions } from '#shared/run.ts'
import { openBackend } from '#main/backend.ts'
import { locateHome } from '#main/home.ts'
import { flattenEpoch } from '#main/terminal/run-json.ts'
import { readCheckpoint } from '#main/training/checkpoint-file.ts'
import { forkTrainer } from '#main/training/spawn-trainer.ts'
import { type RunningCommand, spawnAtelier } from '../main/terminal/command.ts'
import { findMarked, markEnvironment, waitUntilGone } from '../main/training/processes.ts'

export const VICTIMS = ['trainer', 'application', 'both'] as const
export type Victim = (typeof VICTIMS)[number]

export interface Kill {
  readonly victim: Victim
  /** What the time is counted from: the start of the process, or its word that the engine has started. */
  readonly since: 'process' | 'engine'
  readonly afterMs: number
}

export interface Trial {
  readonly name: string
  /** The data folder: new, and this trial's alone. */
  readonly home: string
  readonly train: readonly string[]
  readonly kills: readonly Kill[]
}

/** What is left in a data folder, as the next start finds it. */
export interface Found {
  readonly run: Run
  readonly predictions: SplitPredictions | null
  /** SHA-256 of the newest checkpoint's file; null before the first. */
  readonly checkpoint: string | null
}

export interface Survival {
  readonly final: Found
  /** Of each kill: what it met, and how long the trainer outlived its application. */
  readonly kills: readonly { readonly met: string; readonly goneMs: number }[]
}

const ORPHAN_LIMIT_MS = 3000
const STOPPED = ['queued', 'interrupted', 'failed', 'completed']

/** Whatever it comes to, no process of it lives on. */
export async function endure(trial: Trial): Promise<Survival> {
  const marks = trial.kills.map((_, index) => markOf(trial, index))
  try {
    return await survive(trial)
  } finally {
    for (const pid of marks.flatMap(findMarked)) endProcess(pid, 'SIGKILL')
  }
}

function markOf({ name }: Trial, kill: number): string {
  return `${name}-${kill}`
}

async function survive(trial: Trial): Promise<Survival> {
  const { home, train, kills } = trial
  const announced: string[] = []
  const met: { met: string; goneMs: Promise<number> }[] = []
  let found: Found | null = null
  for (const [index, kill] of kills.entries()) {
    const mark = markOf(trial, index)
    const words: readonly string[] = found === null ? train : resume(found.run)
    const command = spawnAtelier([...words, '--home', home, '--json'], markEnvironment(mark), 'ignore')
    await strike(command, kill, mark)
    const { lines } = await command.result
    const goneMs = waitUntilGone(mark, 2 * ORPHAN_LIMIT_MS) // meanwhile the next start goes its way
    announced.push(...lines.filter((line) => line.includes('"type":"epoch-completed"')))
    checkDatabase(home)
    found = await lookAtNextStart(home)
    // A kill between the commit and the announcement leaves an epoch more than was announced, and that is right.
    const stored = found?.run.epochs.map(announce) ?? []
    expect(stored).toEqual(expect.arrayContaining(announced))
    met.push({ met: describe(kill, found, announced.length), goneMs })
  }
  const words = found === null ? train : resume(found.run)
  const isDone = found?.run.status === 'completed'
  const last = isDone ? null : await spawnAtelier([...words, '--home', home, '--json']).result
  if (last !== null) expect(last, last.stderr).toMatchObject({ code: 0 })
  const final = await lookAtNextStart(home)
  if (final === null) throw new Error('there is no run after a training that succeeded')
  const strikes = await Promise.all(met.map(async (one) => ({ ...one, goneMs: await one.goneMs })))
  for (const { goneMs } of strikes) expect(goneMs).toBeLessThan(ORPHAN_LIMIT_MS)
  return { final, kills: strikes }
}

function resume({ id }: Run): readonly string[] {
  return ['resume', id, '--engine', 'wasm']
}

/** Ends the victim with SIGKILL; a trainer that is not there yet is waited for. */
async function strike(
  command: RunningCommand,
  { victim, since, afterMs }: Kill,
  mark: string,
): Promise<void> {
  if (since === 'engine') await command.waitFor('"started"')
  await delay(afterMs)
  const isOver = (): boolean => command.process.exitCode !== null
  const trainers = (): number[] => findMarked(mark).filter((pid) => pid !== command.pid)
  while (victim === 'trainer' && trainers().length === 0 && !isOver()) await delay(5)
  const victims = victim === 'application' ? [] : trainers()
  if (victim !== 'trainer') command.process.kill('SIGKILL')
  for (const pid of victims) endProcess(pid, 'SIGKILL')
}

/** Nothing happens where it has ended by itself. */
export function endProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it was quicker than we
  }
}

/** Looks into a copy of the file and its log, as the kill left them, without any code of ours. */
function checkDatabase(home: string): void {
  if (!existsSync(join(home, 'atelier.db'))) return
  const copy = join(home, '..', 'looked-at', home.split('/').at(-1) ?? '')
  mkdirSync(copy, { recursive: true })
  for (const file of ['atelier.db', 'atelier.db-wal']) {
    if (existsSync(join(home, file))) cpSync(join(home, file), join(copy, file))
  }
  const database = new Database(join(copy, 'atelier.db'))
  expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(database.pragma('foreign_key_check')).toEqual([])
  database.close()
}

/** Opens the data folder as the next start does; null when the kill came before the run was stored. */
export async function lookAtNextStart(directory: string): Promise<Found | null> {
  const home = locateHome(directory)
  const announceNothing = (): void => undefined
  const backend = await openBackend({
    home,
    purpose: 'a test',
    version: '0.0.0',
    spawnTrainer: forkTrainer,
    announce: announceNothing,
  })
  try {
    const { store } = backend
    expect(store.recovery).toBeNull()
    const { runs, unreadable } = await store.listRuns()
    expect(unreadable).toEqual([])
    const [summary] = runs
    if (summary === undefined) return null
    expect(STOPPED).toContain(summary.status)
    const run = await store.findRun(summary.id)
    const checkpoints = await store.listCheckpoints(run.id)
    const folder = home.runFolder(run.id)
    for (const record of checkpoints) expect((await readCheckpoint(folder, record)).epoch).toBe(record.epoch)
    expect(run.epochs.map(({ epoch }) => epoch)).toEqual(run.epochs.map((_, index) => index + 1))
    expect(checkpoints.at(-1)?.epoch ?? 0).toBe(run.epochs.length)
    const file = checkpoints.at(-1)?.file
    return {
      run,
      predictions: run.evaluation === null ? null : await store.readPredictions(run.id),
      checkpoint: file === undefined ? null : sha256(readFileSync(join(folder, file))),
    }
  } finally {
    backend.close()
  }
}

function announce(metrics: Run['epochs'][number]): string {
  return JSON.stringify({ type: 'epoch-completed', ...flattenEpoch(metrics) })
}

function describe({ victim }: Kill, found: Found | null, announced: number): string {
  if (found === null) return `${victim}: before the run was stored`
  if (found.run.status === 'completed') return `${victim}: after the end`
  if (found.run.engine === null) return `${victim}: before the engine had started`
  if (announced === 0) return `${victim}: in the first epoch`
  return `${victim}: after epochs`
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
