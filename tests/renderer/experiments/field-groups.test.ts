import { describe, expect, it } from 'vitest'
import { FIELD_SETTINGS } from '#shared/field-texts.ts'
import { GROUPS } from '../../../src-renderer/pages/experiments/field-groups.ts'

describe('the groups of the form', () => {
  it('hold every setting that a run can have, each once', () => {
    const held = GROUPS.flatMap(({ names }) => names)
    expect(held.toSorted()).toEqual(FIELD_SETTINGS.map(({ name }) => name).toSorted())
  })
})
