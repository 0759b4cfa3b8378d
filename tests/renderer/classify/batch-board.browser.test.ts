import { expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { FakeHost } from '../fake-host.ts'
import { openPage } from '../open-page.ts'

it('a photo that waits is prepared again only when it has its answer', async () => {
  const host = new FakeHost(20)
  const [run] = [...host.runs.values()].filter(({ status }) => status === 'completed')
  if (run === undefined) throw new Error('there is a run')
  const { id } = host.photos.add(['autumn/0000.jpg', 'autumn/0001.jpg'], [run])
  const rows = host.photos.rows.get(id) ?? []
  const [first] = rows
  if (first === undefined) throw new Error('there is a photo')
  rows[0] = { ...first, status: 'waiting', reason: null, predictions: [] }
  const askedFor = () => host.calls.filter(({ name }) => name === 'photos.readPhoto').length

  await openPage(host, `#/classify?batch=${id}`)
  await expect.element(page.getByText('It waits for its turn')).toBeVisible()
  await new Promise((resolve) => setTimeout(resolve, 300)) // longer than a photo must rest before it is asked for
  expect(askedFor()).toBe(0)

  rows[0] = first
  host.announce({ type: 'photos-changed', batchId: id })
  await expect.element(page.getByRole('region', { name: 'Is it right?' })).toBeVisible()
  await expect.poll(askedFor).toBe(1)
})
