// The filter of a run list as SQL conditions, all of which must hold.
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { RunFilter } from '#shared/run-list.ts'
import { SORT_COLUMNS } from './run-sort.ts'
import type { Schema } from './schema.ts'

type Where = ExpressionBuilder<Schema, 'runs'>

const { model, loss, optimizer, learningRate, batchSize, epochs, trainImages, seed, engine } = SORT_COLUMNS
/** Settings that a filter asks to be equal: what a list is sorted by, but a dataset is meant by its id. */
const EQUAL_COLUMNS = {
  dataset: 'runs.datasetId',
  model,
  loss,
  optimizer,
  learningRate,
  batchSize,
  epochs,
  trainImages,
  seed,
  engine,
} as const

export function filterConditions(where: Where, filter: RunFilter): readonly Expression<SqlBool>[] {
  return [
    ...equalityConditions(where, filter),
    ...(filter.status === undefined ? [] : [where('runs.status', 'in', filter.status)]),
    ...(filter.starred === undefined ? [] : [where('runs.starred', '=', filter.starred ? 1 : 0)]),
    ...(filter.archived === undefined ? [] : [where('runs.archived', '=', filter.archived ? 1 : 0)]),
    ...(filter.tag === undefined ? [] : [hasTag(filter.tag)]),
    ...(filter.text === undefined ? [] : [containsText(filter.text)]),
    ...deletionConditions(where, filter.deleted ?? 'excluded'),
  ]
}

function equalityConditions(where: Where, filter: RunFilter): Expression<SqlBool>[] {
  const keys = Object.keys(EQUAL_COLUMNS) as (keyof typeof EQUAL_COLUMNS)[]
  return keys.flatMap((key) => {
    const wanted = filter[key]
    return wanted === undefined ? [] : [sql<SqlBool>`${where.ref(EQUAL_COLUMNS[key])} = ${wanted}`]
  })
}

function hasTag(tag: string): Expression<SqlBool> {
  return sql<SqlBool>`
    exists (select 1 from json_each(case when json_valid(runs.tags) then runs.tags else '[]' end) where value = ${tag})`
}

function containsText(text: string): Expression<SqlBool> {
  return sql<SqlBool>`instr(lower(runs.id || char(10) || runs.name || char(10) || runs.notes), lower(${text})) > 0`
}

function deletionConditions(where: Where, deleted: NonNullable<RunFilter['deleted']>): Expression<SqlBool>[] {
  if (deleted === 'included') return []
  return [where('runs.deletedAt', deleted === 'only' ? 'is not' : 'is', null)]
}
