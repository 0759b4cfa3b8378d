// Where the window opens: where it was on its display, and always within a screen that is there.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choosePlace, fitInto, rememberPlace, type WindowPlaces } from '#main/shell/window-place.ts'
import { readPlaces, writePlaces } from '#main/shell/window-place-file.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { buildFakeElectron, type FakeDisplay } from './fake-electron.ts'

const LEFT: FakeDisplay = { id: 1, workArea: { x: 0, y: 25, width: 1920, height: 1015 } }
const RIGHT: FakeDisplay = { id: 2, workArea: { x: 1920, y: 0, width: 2560, height: 1400 } }
const onRight = { x: 2000, y: 100, width: 1200, height: 900, isMaximized: true }
const onLeft = { x: 50, y: 60, width: 1100, height: 720, isMaximized: false }
const places: WindowPlaces = { last: '2', displays: { 1: onLeft, 2: onRight } }

const screenOf = (...displays: readonly FakeDisplay[]) => buildFakeElectron({ displays }).electron.screen

describe('the place of the window', () => {
  it('is the middle of the first display when nothing is remembered', () => {
    const place = { x: 240, y: 82, width: 1440, height: 900, isMaximized: false }
    expect(choosePlace(screenOf(LEFT, RIGHT), null)).toEqual(place)
  })

  it('is where it was on the display where it was last', () => {
    expect(choosePlace(screenOf(LEFT, RIGHT), places)).toEqual(onRight)
  })

  it('is on the first display when the other is gone, where it was there', () => {
    expect(choosePlace(screenOf(LEFT), places)).toEqual(onLeft)
  })

  it('is remembered for the display that the window covers most', () => {
    const moved = { ...onRight, x: 2400 }
    expect(rememberPlace(screenOf(LEFT, RIGHT), places, moved)).toEqual({
      last: '2',
      displays: { 1: onLeft, 2: moved },
    })
  })

  it('is within the screen whatever was remembered, and usable where the screen allows it', () => {
    const size = fc.integer({ min: 1, max: 10_000 })
    const offset = fc.integer({ min: -10_000, max: 10_000 })
    const rectangle = fc.record({ x: offset, y: offset, width: size, height: size })
    fc.assert(
      fc.property(rectangle, rectangle, (window, area) => {
        const place = fitInto(window, area)
        expect(place.x).toBeGreaterThanOrEqual(area.x)
        expect(place.y).toBeGreaterThanOrEqual(area.y)
        expect(place.x + place.width).toBeLessThanOrEqual(area.x + area.width)
        expect(place.y + place.height).toBeLessThanOrEqual(area.y + area.height)
        expect(place.width).toBeGreaterThanOrEqual(Math.min(1024, area.width))
        expect(place.height).toBeGreaterThanOrEqual(Math.min(700, area.height))
      }),
    )
  })
})

describe('the file of the places', () => {
  it('is read as it was written', async () => {
    const file = join(await makeTemporaryFolder(), 'place.json')
    expect(await readPlaces(file)).toBeNull()
    await writePlaces(file, places)
    expect(await readPlaces(file)).toEqual(places)
  })

  it.each(['', '{', 'null', '{"last":1}', '{"last":"1","displays":{"1":{"x":0.5}}}'])(
    'is forgotten when damaged: %j',
    async (text) => {
      const file = join(await makeTemporaryFolder(), 'place.json')
      await writeFile(file, text)
      expect(await readPlaces(file)).toBeNull()
    },
  )
})
