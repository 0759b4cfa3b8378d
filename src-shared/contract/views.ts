// How a table is looked at, kept for the next time: its columns at any moment, and views that people have saved by name.
import { z } from 'zod'
import { call } from './parts.ts'

const key = z.string().min(1).max(100)

export const arrangementSchema = z.strictObject({
  /** Keys of the shown columns in order; null for what the table proposes. */
  columns: z.array(key).max(200).readonly().nullable(),
  /** Pixels, by key, of the columns that were drawn wider or narrower. */
  widths: z.record(key, z.number().min(0).max(10_000)).readonly(),
})
export type Arrangement = z.infer<typeof arrangementSchema>

/** Names are unique in their table; saving under a name that is there replaces the view. */
export const savedViewSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** Search, filters, groups and sorting, as they stand in the page's address. */
  parameters: z.record(key, z.string().max(4000)).readonly(),
  arrangement: arrangementSchema,
})
export type SavedView = z.infer<typeof savedViewSchema>

export const tableViewsSchema = z.strictObject({
  arrangement: arrangementSchema,
  /** By name. */
  saved: z.array(savedViewSchema).max(200),
})
export type TableViews = z.infer<typeof tableViewsSchema>

export const viewsChangedSchema = z.object({
  type: z.literal('views-changed'),
  table: key,
  views: tableViewsSchema,
})

/** @param table such as 'runs' */
export const viewCalls = {
  read: call.input(z.strictObject({ table: key })).output(tableViewsSchema),
  arrange: call
    .input(z.strictObject({ table: key, arrangement: arrangementSchema }))
    .output(tableViewsSchema),
  save: call.input(z.strictObject({ table: key, view: savedViewSchema })).output(tableViewsSchema),
  remove: call.input(z.strictObject({ table: key, name: z.string().max(100) })).output(tableViewsSchema),
}
