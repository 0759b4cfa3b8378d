import { describe, expect, it } from 'vitest'
import { chooseTones, toTone, type Greys } from '#shared/core/photo/tones.ts'
import { DEFAULT_PREPARATION } from '#shared/preparation.ts'

const DARK_ON_GREY: Greys = { garment: 110, background: 173, darkest: 90, lightest: 229 }
const LIGHT_ON_DARK: Greys = { garment: 150, background: 60, darkest: 20, lightest: 220 }
const tonesOf = (greys: readonly number[], seen: Greys, isExact = false) => {
  const choice = chooseTones(DEFAULT_PREPARATION, seen, isExact)
  return greys.map((grey) => Math.round(toTone(grey, choice)))
}

describe('the tones of a garment', () => {
  it('are turned around where it is darker than its background, and only there', () => {
    const inverted = [DARK_ON_GREY, LIGHT_ON_DARK].map(
      (seen) => chooseTones(DEFAULT_PREPARATION, seen, false).inverted,
    )
    expect(inverted).toEqual([true, false])
  })

  it('differ where its parts differ, though these are lighter or darker than the background', () => {
    const [lightest = 0, light = 0, dark = 0] = tonesOf([229, 207, 113], DARK_ON_GREY)
    expect([lightest < light, light < dark, lightest]).toEqual([true, true, 0])
    const [darkest = 0, low = 0, high = 0] = tonesOf([20, 40, 200], LIGHT_ON_DARK)
    expect([darkest < low, low < high, darkest]).toEqual([true, true, 0])
  })

  it("count from the background in the dataset's own recipe, and for a garment that nowhere passes it", () => {
    expect(tonesOf([229, 207, 173], DARK_ON_GREY, true)).toEqual([0, 0, 0])
    const within = { ...DARK_ON_GREY, lightest: 150 }
    expect(tonesOf([173, 90], within)).toEqual(tonesOf([173, 90], within, true))
  })

  it('are measured against black and white where the background is neither light nor dark', () => {
    const middling = { garment: 100, background: 128, darkest: 40, lightest: 120 }
    expect(tonesOf([0, 255], middling)).toEqual([255, 0])
  })
})
