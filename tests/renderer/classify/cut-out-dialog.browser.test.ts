import { beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { preparePhoto } from '#shared/core/photo/prepare-photo.ts'
import { type CutOutEdit, DEFAULT_PREPARATION, type PreparationSettings } from '#shared/preparation.ts'
import CutOutDialog from '../../../src-renderer/pages/classify/CutOutDialog.svelte'
import { unpackImage } from '../../../src-renderer/pages/classify/packed-image.ts'
import { FakeHost } from '../fake-host.ts'
import { drawPhoto } from './draw-photo.ts'
import { expectNoFaults } from './expect-no-faults.ts'
import { openDialog } from './open-dialog.ts'

const photo = drawPhoto()
const onapply = vi.fn<(settings: PreparationSettings, edit: CutOutEdit | null) => void>()
const button = (name: string) => page.getByRole('button', { name })
const stage = () => page.getByRole('application', { name: 'The photo, to draw on' })
const tool = (name: string) => page.getByRole('radio', { name })
const said = (text: string | RegExp) => page.getByText(text)
const applied = () => onapply.mock.calls.at(-1)

async function open(edit: CutOutEdit | null = null, settings = DEFAULT_PREPARATION) {
  return openDialog(new FakeHost(), CutOutDialog, { photo, edit, settings, onapply })
}

/** Drags over the stage, in shares of it. */
async function drag(...points: readonly [number, number][]): Promise<void> {
  const element = stage().element()
  const { left, top, width, height } = element.getBoundingClientRect()
  const send = (type: string, [x, y]: readonly [number, number]) =>
    element.dispatchEvent(
      new PointerEvent(type, {
        ...{ clientX: left + x * width, clientY: top + y * height, pointerId: 1, isPrimary: true },
        ...{ bubbles: true, button: 0, pointerType: 'mouse' },
      }),
    )
  vi.spyOn(element, 'setPointerCapture').mockReturnValue() // no pointer of the machine is pressed
  const [first = [0, 0], ...others] = points
  send('pointerdown', first)
  for (const point of others) send('pointermove', point)
  send('pointerup', points.at(-1) ?? first)
  await Promise.resolve()
}

function shownInput(): number[] {
  const canvas = document.querySelector<HTMLCanvasElement>('[aria-label="The input of the networks"] canvas')
  const data = canvas?.getContext('2d')?.getImageData(0, 0, 28, 28).data ?? new Uint8ClampedArray()
  return Array.from({ length: 784 }, (_, pixel) => data[pixel * 4] ?? -1)
}

function prepared(edit: CutOutEdit, settings = DEFAULT_PREPARATION): number[] {
  const { width, height, data } = unpackImage(photo)
  return [...preparePhoto({ width, height, pixels: new Uint8Array(data) }, settings, edit).input]
}

beforeEach(() => onapply.mockClear())

describe('The dialog of cutting out', () => {
  it('shows at once, from a worker, what the host would make of the photo', async () => {
    await open()
    await expect.poll(shownInput).toEqual(prepared({}))
    await expect.element(said(/of the photo is garment/)).toBeVisible()
    await drag([0.1, 0.15], [0.5, 0.5], [0.75, 0.9])
    await expect.element(said(/^Box from 10 to 75 % across and 15 to 90 % down\.$/)).toBeVisible()
    await expect.element(said(/Cut out with the help of your marks/)).toBeVisible()
    await button('Apply').click()
    const [, edit] = applied() ?? []
    expect(edit?.box?.left).toBeCloseTo(0.1, 2)
    expect(edit?.strokes).toBeUndefined()
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  })

  it('gives the same bytes for a box and strokes as preparation does', async () => {
    await open()
    await drag([0.05, 0.1], [0.9, 0.95])
    await tool('Background −').click()
    await drag([0.85, 0.8], [0.9, 0.9])
    await tool('Garment +').click()
    await drag([0.4, 0.3], [0.5, 0.6], [0.6, 0.7])
    await expect.element(said(/Strokes: 1 on the garment, 1 on the background\./)).toBeVisible()
    await expect.element(said('Cutting out…')).not.toBeInTheDocument()
    const shown = shownInput()
    await button('Apply').click()
    const [settings, edit] = applied() ?? []
    expect(edit?.strokes?.map(({ kind }) => kind)).toEqual(['background', 'garment'])
    expect(shown).toEqual(prepared(edit ?? {}, settings))
  })

  it('makes, moves, resizes and removes a box by keys alone', async () => {
    await open()
    await expect.element(stage()).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect.element(said('Box from 10 to 90 % across and 10 to 90 % down.')).toBeVisible()
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowDown}')
    await expect.element(said('Box from 8 to 88 % across and 11 to 91 % down.')).toBeVisible()
    await userEvent.keyboard('{Shift>}{ArrowLeft}{ArrowUp}{ArrowUp}{/Shift}')
    await expect.element(said('Box from 8 to 87 % across and 11 to 89 % down.')).toBeVisible()
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect.element(said('Box from 8 to 88 % across and 11 to 91 % down.')).toBeVisible()
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}{Delete}')
    await expect.element(said('Nothing is drawn.')).toBeVisible()
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect.element(said('Box from 8 to 87 % across and 11 to 89 % down.')).toBeVisible()
    expect(onapply).not.toHaveBeenCalled()
  })

  it('draws strokes by keys alone, with a brush whose size keys change', async () => {
    await open()
    await tool('Garment +').click()
    ;(stage().element() as HTMLElement).focus()
    await userEvent.keyboard('[[]]]] ')
    await expect.element(said('The brush is down.')).toBeInTheDocument()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown} ')
    await userEvent.keyboard('{ArrowRight}{ArrowRight}')
    await expect.element(said(/Strokes: 1 on the garment/)).toBeVisible()
    await button('Apply').click()
    const [stroke] = applied()?.[1]?.strokes ?? []
    expect(stroke?.points[0]).toEqual([0.5, 0.5])
    const [lastX, lastY] = stroke?.points.at(-1) ?? []
    expect(lastX).toBe(0.5)
    expect(lastY).toBeCloseTo(0.56, 6)
  })

  it('takes hold of handles, and undoes a drag as one step', async () => {
    await open({ box: { left: 0.2, top: 0.2, right: 0.8, bottom: 0.8 } })
    await drag([0.2, 0.5], [0.15, 0.5], [0.1, 0.5])
    await expect.element(said(/^Box from 10 to 80 % across and 20 to 80 % down/)).toBeVisible()
    await drag([0.5, 0.6], [0.55, 0.7])
    await expect.element(said(/^Box from 15 to 85 % across and 30 to 90 % down/)).toBeVisible()
    await button('Undo').click()
    await expect.element(said(/^Box from 10 to 80 % across and 20 to 80 % down/)).toBeVisible()
    await button('Undo').click()
    await expect.element(button('Undo')).toBeDisabled()
    await button('Redo').click()
    await expect.element(said(/^Box from 10 to 80 %/)).toBeVisible()
  })

  it('shows marks on any photo, in light and in dark', async () => {
    await open()
    await tool('Background −').click()
    await drag([0.3, 0.1], [0.7, 0.1])
    const canvas = stage().element().querySelector('canvas')
    const tones = () => {
      const { width = 0, height = 0 } = canvas ?? {}
      const at = Math.round(width * 0.5)
      const column = canvas?.getContext('2d')?.getImageData(at, 0, 1, Math.round(height * 0.2)).data ?? []
      return Array.from({ length: column.length / 4 }, (_, y) => column[y * 4] ?? 0)
    }
    await expect.poll(() => Math.min(...tones())).toBeLessThan(40)
    await expect.poll(() => Math.max(...tones())).toBeGreaterThan(250)
  })

  it('begins with what was drawn before, and clears it to null', async () => {
    await open({ box: { left: 0, top: 0, right: 0.5, bottom: 0.5 } })
    await expect.element(button('Apply')).toBeDisabled()
    await button('Clear').click()
    await expect.element(said('Nothing is drawn.')).toBeVisible()
    await button('Apply').click()
    expect(onapply.mock.calls).toEqual([[DEFAULT_PREPARATION, null]])
  })

  it("prepares with the photo's own settings, and not with a number that is none", async () => {
    await open()
    await page.getByRole('textbox', { name: 'Padding' }).fill('6')
    const settings = { ...DEFAULT_PREPARATION, padding: 6 }
    await expect.poll(shownInput).toEqual(prepared({}, settings))
    await page.getByRole('textbox', { name: 'Sharpening' }).fill('7')
    await expect.element(button('Apply')).toBeDisabled()
    expect(shownInput()).toEqual(prepared({}, settings))
  })

  it('has no faults for axe, and fits the smallest window', async () => {
    await page.viewport(1024, 700)
    await open({ box: { left: 0.1, top: 0.1, right: 0.5, bottom: 0.5 } })
    await expectNoFaults()
    const dialog = page.getByRole('dialog').element()
    expect(dialog.scrollHeight - dialog.clientHeight).toBe(0)
    expect(dialog.scrollWidth - dialog.clientWidth).toBe(0)
    await page.viewport(1440, 900)
  })
})
