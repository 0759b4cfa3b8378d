// What runs are usually told apart by stands first where there is no room for every setting.
import { expect, test } from 'vitest'
import { SETTINGS } from '#shared/settings.ts'
import { mostTellingFirst } from '../../../src-renderer/pages/runs/setting-order.ts'

test('model and learning rate come before sizes of data, the rest in the order of the form, and none is lost', () => {
  const names = mostTellingFirst(SETTINGS).map(({ name }) => name)
  expect(names.slice(0, 3)).toEqual(['model', 'learningRate', 'optimizer'])
  expect(names.indexOf('trainImages')).toBeLessThan(names.indexOf('validationImages'))
  expect(names.indexOf('padding')).toBeLessThan(names.indexOf('augmentation'))
  expect(new Set(names)).toEqual(new Set(SETTINGS.map(({ name }) => name)))
  expect(names).toHaveLength(SETTINGS.length)
})
