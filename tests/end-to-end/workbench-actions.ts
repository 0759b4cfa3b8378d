// What a person does on the pages, by the names that they read there.
import { expect, type Locator, type Page } from '@playwright/test'

type PageName = 'Experiments' | 'Runs' | 'Classify' | 'Datasets' | 'Paper' | 'Settings'

export const PAGES: readonly PageName[] = ['Experiments', 'Runs', 'Classify', 'Datasets', 'Paper', 'Settings']

export async function goTo(page: Page, name: PageName): Promise<void> {
  const pages = page.getByRole('navigation', { name: 'Pages' })
  // By how its address begins, since pages are come back to as they were left: what trains stands there too, and may be called
  // like a page.
  await pages.locator(`li a[href^="#/${name.toLowerCase()}"]`).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Opens the palette, and waits until it takes what is typed. */
export async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Command or name of a run' })).toBeFocused()
}

export interface Form {
  readonly dataset?: string
  /** As the choice is called: Linear, ANN, TinyVGG. */
  readonly model?: string
  /** By label: 'Epochs': '3'. */
  readonly texts: Readonly<Record<string, string>>
}

/** Fills the form of the Experiments page. */
export async function fillForm(page: Page, { dataset, model, texts }: Form): Promise<void> {
  if (dataset !== undefined) {
    await page.getByLabel('Dataset', { exact: true }).click()
    await page.getByRole('option', { name: dataset }).click()
  }
  if (model !== undefined) await page.getByRole('radio', { name: model, exact: true }).click()
  for (const [label, text] of Object.entries(texts)) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(text)
  }
}

/** Lines up what the form makes, and waits until the page says so. */
export async function queueRuns(page: Page, count: number): Promise<void> {
  const noun = count === 1 ? '1 run' : `${count} runs`
  await page.getByRole('button', { name: new RegExp(`^Queue ${noun}`) }).click()
  const said = count === 1 ? 'One run is queued.' : `${count} runs are queued.`
  await expect(page.getByRole('status').filter({ hasText: said })).toBeVisible()
}

/** @param folder of the four IDX files */
export async function addDataset(page: Page, folder: string, name: string): Promise<void> {
  await goTo(page, 'Datasets')
  await page.getByRole('button', { name: 'Add dataset' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a dataset' })
  await dialog.getByRole('textbox', { name: 'Folder' }).fill(folder)
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('article', { name, exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(dialog).toBeHidden()
}

/** Lines of the Runs page that are runs, not headings of groups. */
export function rowsOfRuns(page: Page): Locator {
  return page.getByRole('grid', { name: 'Runs' }).locator('[role=row][aria-selected]')
}

/** A figure of a run's page by what stands above it: 'Test accuracy'. */
export function figure(page: Page, label: string): Locator {
  return page.getByRole('term').filter({ hasText: label }).locator('+ dd').first()
}

export function rowsOfEpochs(page: Page): Locator {
  return page.getByRole('grid', { name: 'Epochs' }).locator('[role=row]:not(.head)')
}
