import { describe, expect, it } from 'vitest'
import { takesPhotos } from '#main/photos/photo-form.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { modelSettings } from '#shared/experiment.ts'

const MODELS = [{ name: 'linear' }, { name: 'mlp', hiddenUnits: [32] }, { name: 'tiny-vgg' }].map((model) =>
  modelSettings.parse(model),
)
const FORMS = [
  { height: 28, width: 28, channels: 1, takes: true },
  { height: 64, width: 64, channels: 3, takes: false },
  { height: 28, width: 28, channels: 3, takes: false },
  { height: 32, width: 32, channels: 1, takes: false },
]

describe('A run', () => {
  it.each(FORMS)('for images of $height x $width x $channels takes photos: $takes', ({ takes, ...form }) => {
    for (const model of MODELS) {
      const { parameterCount } = buildNetwork(model, { ...form, classes: 10 })
      expect(takesPhotos(model, 10, parameterCount)).toBe(takes)
    }
  })

  it('whose network has no room in a photo takes none', () => {
    const deep = modelSettings.parse({ name: 'tiny-vgg', blocks: 3, padding: 'valid', kernelSize: 5 })
    const { parameterCount } = buildNetwork(deep, { height: 64, width: 64, channels: 1, classes: 10 })
    expect(takesPhotos(deep, 10, parameterCount)).toBe(false)
  })
})
