import '../../../src-renderer/app.css'
import { Chart as LineOnCanvas } from 'chart.js'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { Series } from '../../../src-renderer/parts/chart/series.ts'
import ConfusionMatrix from '../../../src-renderer/parts/ConfusionMatrix.svelte'
import ChartOnPage from './ChartOnPage.svelte'

interface Chart {
  readonly title: string
  readonly xLabel: string
  readonly series: readonly Series[]
  readonly canBeLogarithmic?: boolean
  readonly writeX?: (value: number) => string
}

const series = [
  { name: 'train', look: 0, points: [1, 0.5, 0, 0.2].map((y, index) => ({ x: index + 1, y })) },
  { name: 'validation', look: 1, points: [1.2, 0.7, 0.4, 0.3].map((y, index) => ({ x: index + 1, y })) },
]

const renderChart = (chart: Chart) => render(ChartOnPage, { chart })

afterEach(() => vi.restoreAllMocks())

describe('a line chart', () => {
  it('draws its lines in their colours', async () => {
    await renderChart({ title: 'Loss', xLabel: 'epoch', series })
    const canvas = document.querySelector('canvas')
    await expect.poll(() => countPixels(canvas, [0, 114, 178])).toBeGreaterThan(100)
    expect(countPixels(canvas, [213, 94, 0])).toBeGreaterThan(50)
  })

  it.each([
    [
      [1, 2],
      ['1', '2'],
    ],
    [
      [0.25, 1],
      ['0', '0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9', '1'],
    ],
  ])('marks whole epochs, and parts of one only within the first: from %s', async (ends, marks) => {
    const points = ends.map((x) => ({ x, y: x }))
    const writeX = (value: number): string => String(Number(value.toFixed(2)))
    await renderChart({
      title: 'Loss',
      xLabel: 'epoch',
      series: [{ name: 'train', look: 0, points }],
      writeX,
    })
    const read = (): readonly unknown[] | undefined => {
      const canvas = document.querySelector('canvas')
      return canvas === null
        ? []
        : LineOnCanvas.getChart(canvas)?.scales['x']?.ticks.map(({ label }) => label)
    }
    await expect.poll(read).toEqual(marks)
  })

  it('says what a logarithmic axis cannot show', async () => {
    await renderChart({ title: 'Loss', xLabel: 'epoch', series, canBeLogarithmic: true })
    await page.getByRole('radio', { name: 'log' }).click()
    await expect.element(page.getByText(/One value\s+at or below zero/)).toBeVisible()
  })

  it('hides a line by its name in the legend', async () => {
    await renderChart({ title: 'Loss', xLabel: 'epoch', series })
    const entry = page.getByRole('button', { name: 'validation' })
    await entry.click()
    await expect.element(entry).toHaveAttribute('aria-pressed', 'false')
    await expect.poll(() => countPixels(document.querySelector('canvas'), [213, 94, 0])).toBe(0)
  })

  it.each([
    ['Save as SVG', 'image/svg+xml;charset=utf-8'],
    ['Save as PNG', 'image/png'],
  ])('can be kept: %s', async (entry, type) => {
    const blobs: Blob[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      if (blob instanceof Blob) blobs.push(blob)
      return '#'
    })
    await renderChart({ title: 'Loss', xLabel: 'epoch', series })
    await page.getByRole('button', { name: 'Save the chart Loss' }).click()
    await page.getByRole('menuitem', { name: entry }).click()
    await expect.poll(() => blobs.map((blob) => blob.type)).toEqual([type])
    if (!type.startsWith('image/svg')) return
    const svg = new DOMParser().parseFromString((await blobs[0]?.text()) ?? '', 'image/svg+xml')
    expect(svg.querySelector('parsererror')).toBeNull()
    expect(svg.querySelectorAll('polyline')).toHaveLength(2)
    expect(svg.querySelector('title')?.textContent).toBe('Loss')
  })
})

describe('a confusion matrix', () => {
  const props = {
    caption: 'Test images',
    classNames: ['Coat', 'Bag'],
    matrix: [
      [8, 2],
      [1, 9],
    ],
  }
  const cells = () =>
    [...document.querySelectorAll<HTMLElement>('tbody td')].map((cell) => cell.innerText.trim())

  it('is a table with named rows and columns, in shares of the truth, of the answer, or in images', async () => {
    await render(ConfusionMatrix, props)
    expect(cells()).toEqual(['80', '20', '10', '90'])
    await page.getByRole('radio', { name: '% of answer' }).click()
    expect(cells()).toEqual(['89', '18', '11', '82'])
    await page.getByRole('radio', { name: 'images' }).click()
    expect(cells()).toEqual(['8', '2', '1', '9'])
    await expect.element(page.getByRole('rowheader', { name: 'Bag' })).toBeVisible()
    await expect.element(page.getByTitle('Coat taken for Bag: 2 (20.0 %)')).toBeVisible()
  })

  it('hides what is right', async () => {
    await render(ConfusionMatrix, props)
    await page.getByRole('checkbox', { name: 'hide what is right' }).click()
    expect(cells()).toEqual(['hidden', '20', '10', 'hidden'])
  })
})

function countPixels(
  canvas: HTMLCanvasElement | null,
  [red, green, blue]: readonly [number, number, number],
): number {
  const context = canvas?.getContext('2d')
  if (canvas === null || context == null || canvas.width === 0) return 0
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
  let count = 0
  for (let at = 0; at < data.length; at += 4) {
    const isNear = (value: number | undefined, wanted: number): boolean =>
      Math.abs((value ?? -99) - wanted) < 12
    if (isNear(data[at], red) && isNear(data[at + 1], green) && isNear(data[at + 2], blue)) count++
  }
  return count
}
