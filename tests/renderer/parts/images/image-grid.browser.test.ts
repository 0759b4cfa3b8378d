import '../../../../src-renderer/app.css'
import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { ImageCaption } from '../../../../src-renderer/parts/images/caption.ts'
import { ImageSelection } from '../../../../src-renderer/parts/images/image-selection.svelte.ts'
import { ImageSheets } from '../../../../src-renderer/parts/images/image-sheets.ts'
import GridOnPage from './GridOnPage.svelte'

const SIDE = 28
const grid = () => page.getByRole('grid')

/** Images of one tone each: image n is of tone n % 256. */
function openSource() {
  const reads: number[][] = []
  const source = {
    ...{ height: SIDE, width: SIDE, channels: 1 },
    refusal: null as Error | null,
    read(images: number[]): Promise<Blob> {
      reads.push(images)
      if (source.refusal !== null) return Promise.reject(source.refusal)
      const pixels = new Uint8Array(images.length * SIDE * SIDE)
      images.forEach((image, place) =>
        pixels.fill(image % 256, place * SIDE * SIDE, (place + 1) * SIDE * SIDE),
      )
      return Promise.resolve(new Blob([pixels]))
    },
  }
  return { source, reads }
}

async function open(count = 1000, more: Partial<Parameters<typeof render<typeof GridOnPage>>[1]> = {}) {
  const { source, reads } = openSource()
  const selection = new ImageSelection()
  const list = Uint32Array.from({ length: count }, (_, place) => place)
  const opened: number[] = []
  const onopen = (image: number): void => void opened.push(image)
  const screen = await render(GridOnPage, {
    label: 'Tones',
    pixels: source,
    list,
    selection,
    zoom: 1,
    onopen,
    ...more,
  })
  return { source, reads, selection, list, opened, screen }
}

/** The tone at a point of the canvas, or null where nothing is drawn. */
function toneAt(x: number, y: number): number | null {
  const canvas = document.querySelector('canvas')
  const data = canvas?.getContext('2d')?.getImageData(x * devicePixelRatio, y * devicePixelRatio, 1, 1).data
  return data === undefined || data[3] !== 255 ? null : (data[0] ?? null)
}

/** 800 pixels less a scroll bar hold so many tiles of 30. */
function columns(): number {
  return Number(document.querySelector('[role=grid]')?.getAttribute('aria-colcount'))
}

describe('a grid of images', () => {
  it('draws what is in sight from sheets, and asks for no more than lies ahead', async () => {
    const { reads } = await open(70_000)
    await expect.poll(() => toneAt(20, 10)).toBe(0)
    expect(reads.every((images) => images.length <= 256)).toBe(true)
    expect(reads.flat().length).toBeLessThan(2000)
    await expect.element(grid()).toHaveAccessibleName('Tones, 70000 images')
  })

  it('moves, chooses and opens by the keyboard alone', async () => {
    const { selection, opened } = await open()
    await userEvent.keyboard('{Tab}{ArrowRight}{ArrowRight}{ArrowDown}')
    await expect.element(grid()).toHaveFocus()
    const place = columns() + 1
    expect(selection.active).toBe(place)
    await expect.element(page.getByRole('gridcell')).toHaveTextContent(`image ${place}, ${place + 1} of 1000`)
    await userEvent.keyboard(' {Enter}')
    expect([...selection.chosen]).toEqual([place])
    expect(opened).toEqual([place])
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}')
    expect([...selection.chosen]).toEqual([place, place + 1, place + 2])
    await userEvent.keyboard('{End}')
    expect(selection.active).toBe(999)
    await expect.poll(() => document.querySelector('[role=grid]')?.scrollTop).toBeGreaterThan(0)
    await userEvent.keyboard('{Home}{Escape}')
    expect(selection.active).toBe(0)
    expect(selection.chosen.size).toBe(0)
    await userEvent.keyboard('{Control>}a{/Control}')
    expect(selection.chosen.size).toBe(1000)
  })

  it('chooses by the mouse: one, one more, a range, a box', async () => {
    const { selection } = await open()
    await expect.poll(() => toneAt(20, 10)).toBe(0)
    const click = (x: number, modifiers: ('Control' | 'Shift')[] = []) =>
      grid().click({ position: { x, y: 16 }, modifiers })
    await click(20)
    expect([...selection.chosen]).toEqual([0])
    await click(110, ['Control'])
    expect([...selection.chosen]).toEqual([0, 3])
    await click(200, ['Shift'])
    expect([...selection.chosen].length).toBe(4)
    await click(20)
    expect([...selection.chosen]).toEqual([0])
  })

  it('zooms by keys and keeps the image in sight', async () => {
    const { selection } = await open()
    await userEvent.keyboard('{Tab}{End}+++')
    await expect.element(page.getByLabelText('Zoom')).toHaveTextContent('4')
    expect(selection.active).toBe(999)
    const [view] = document.querySelectorAll('[role=grid]')
    expect(view === undefined ? 0 : view.scrollHeight - view.scrollTop - view.clientHeight).toBeLessThan(4)
    await userEvent.keyboard('----------')
    await expect.element(page.getByLabelText('Zoom')).toHaveTextContent('1')
  })

  it('says what cannot be read, and tries again', async () => {
    const { source } = openSource()
    source.refusal = new Error('The dataset is gone.')
    await open(100, { pixels: source })
    await expect.element(page.getByRole('alert')).toMatchTextContent(/could not be read: The dataset is gone/)
    source.refusal = null
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
    await expect.poll(() => toneAt(20, 10)).toBe(0)
  })

  it('marks a wrong answer by a cross as well as by colour, and tells it to those who do not see it', async () => {
    const caption = (image: number): ImageCaption => ({
      name: `test ${image}`,
      label: 'Shirt',
      answer: { label: image === 1 ? 'Coat' : 'Shirt', confidence: 0.97, isRight: image !== 1 },
    })
    await open(3, { caption, shows: 'answers', zoom: 3 })
    await userEvent.keyboard('{Tab}{ArrowRight}{ArrowRight}')
    await expect
      .element(page.getByRole('gridcell'))
      .toHaveTextContent('test 1, Shirt, wrongly taken for Coat with 97 %, 2 of 3')
  })

  it('chooses by dragging a box, and with Ctrl adds to what was chosen', async () => {
    const { selection } = await open()
    await expect.poll(() => toneAt(20, 10)).toBe(0)
    const drag = (from: [number, number], to: [number, number], ctrlKey: boolean): void => {
      const element = document.querySelector('[role=grid]')
      const frame = element?.getBoundingClientRect()
      const at = ([x, y]: [number, number]) => ({
        ...{ clientX: (frame?.left ?? 0) + x, clientY: (frame?.top ?? 0) + y, ctrlKey },
        ...{ bubbles: true, button: 0, pointerType: 'mouse' },
      })
      element?.dispatchEvent(new PointerEvent('pointerdown', at(from)))
      dispatchEvent(new PointerEvent('pointermove', at(to)))
    }
    const release = () => dispatchEvent(new PointerEvent('pointerup'))
    drag([20, 40], [90, 100], false)
    const boxed = [1, 2, 3].flatMap((row) => [0, 1, 2].map((column) => row * columns() + column))
    await expect.poll(() => [...selection.chosen].toSorted((a, b) => a - b)).toEqual(boxed)
    release()
    drag([200, 40], [230, 45], true)
    await expect.poll(() => selection.chosen.size).toBeGreaterThan(boxed.length)
    release()
    expect(boxed.every((image) => selection.chosen.has(image))).toBe(true)
  })

  it('zooms by Ctrl and the wheel, and the page does not', async () => {
    await open()
    const wheel = new WheelEvent('wheel', { ctrlKey: true, deltaY: -1, bubbles: true, cancelable: true })
    document.querySelector('[role=grid]')?.dispatchEvent(wheel)
    await expect.element(page.getByLabelText('Zoom')).toHaveTextContent('2')
    expect(wheel.defaultPrevented).toBe(true)
  })

  it('draws colours of images with three channels', async () => {
    const reds = {
      ...{ height: 2, width: 2, channels: 3 },
      read: (images: number[]) =>
        Promise.resolve(
          new Blob([Uint8Array.from({ length: images.length * 12 }, (_, at) => (at % 3 === 0 ? 200 : 7))]),
        ),
    }
    await open(40, { pixels: reds, zoom: 10 })
    const context = () => document.querySelector('canvas')?.getContext('2d')
    const colourAt = (x: number, y: number) => [
      ...(context()?.getImageData(x * devicePixelRatio, y * devicePixelRatio, 1, 1).data ?? []),
    ]
    await expect.poll(() => colourAt(30, 14)).toEqual([200, 7, 7, 255])
  })

  it('keeps no more sheets than its bound, and fetches again what it gave up', async () => {
    const { source, reads } = openSource()
    const sheets = new ImageSheets(
      {
        ...source,
        height: 128,
        width: 128,
        channels: 1,
        read: (images) => {
          reads.push(images)
          return Promise.resolve(new Blob([new Uint8Array(images.length * 128 * 128)]))
        },
      },
      () => undefined,
    )
    sheets.setList(Uint32Array.from({ length: 256 * 40 }, (_, place) => place))
    for (let number = 0; number < 40; number++) {
      sheets.want(number * 256, number * 256, 1)
      await expect.poll(() => sheets.find(number * 256)).not.toBeNull()
    }
    expect(sheets.sheetCount).toBeLessThanOrEqual(16)
    expect(sheets.hasAll(0, 0)).toBe(false)
    sheets.want(0, 0, 1)
    await expect.poll(() => sheets.hasAll(0, 255)).toBe(true)
    sheets.close()
    expect(sheets.sheetCount).toBe(0)
  })
})
