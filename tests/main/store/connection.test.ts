import Database from 'better-sqlite3'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Connection, PRAGMAS, openConnection, openForInspection } from '#main/store/connection.ts'
import { temporaryHome } from './temporary-home.ts'

function closedWithTest(connection: Connection): Connection {
  onTestFinished(() => void connection.close())
  return connection
}

test('a file in a folder that does not exist is a sentence', () => {
  expect(() => openConnection(join(temporaryHome(), 'nowhere', 'atelier.db'), 'write')).toThrow(
    /directory does not exist/,
  )
})

test('a text file is refused as damaged and left as it is', () => {
  const file = join(temporaryHome(), 'atelier.db')
  writeFileSync(file, 'These are my notes. '.repeat(100))
  expect(() => openConnection(file, 'write')).toThrow(
    /is damaged \(file is not a database\)\. Start Atelier again/,
  )
})

test('a folder where WAL does not hold is refused', () => {
  const file = join(temporaryHome(), 'atelier.db')
  new Database(file).exec('create table notes (note text)').close()
  expect(() => openConnection(file, 'read')).toThrow(
    /cannot be written|journal_mode is delete and must be wal/,
  )
})

test.for(['write', 'read'] as const)('every pragma holds on a connection to %s', (access) => {
  const file = join(temporaryHome(), 'atelier.db')
  openConnection(file, 'write').exec('create table notes (note text) strict').close()
  const connection = closedWithTest(openConnection(file, access))
  const found = Object.keys(PRAGMAS).map((pragma) => [pragma, connection.pragma(pragma, { simple: true })])
  expect(Object.fromEntries(found)).toEqual({
    busy_timeout: 5000,
    journal_mode: 'wal',
    synchronous: 2,
    foreign_keys: 1,
    trusted_schema: 0,
    cell_size_check: 1,
  })
})

test('a connection to read cannot write', () => {
  const file = join(temporaryHome(), 'atelier.db')
  openConnection(file, 'write').exec('create table notes (note text) strict').close()
  for (const connection of [openConnection(file, 'read'), openForInspection(file)]) {
    closedWithTest(connection)
    expect(() => connection.exec("insert into notes values ('no')")).toThrow(/readonly/)
  }
})
