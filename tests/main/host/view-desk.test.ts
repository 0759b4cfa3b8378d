import { expect, test } from 'vitest'
import { ViewDesk } from '#main/host/view-desk.ts'
import { openStore } from '#main/store/open-store.ts'
import type { AppEvent } from '#shared/contract.ts'
import type { SavedView } from '#shared/contract/views.ts'
import { temporaryHome } from '../store/temporary-home.ts'

const ARRANGEMENT = { columns: ['testAccuracy', 'name'], widths: { name: 240 } }

function makeView(name: string): SavedView {
  return { name, parameters: { where: 'model = mlp', sort: '-testAccuracy' }, arrangement: ARRANGEMENT }
}

async function openDesk(directory = temporaryHome()) {
  const store = await openStore({ directory })
  const events: AppEvent[] = []
  return { directory, store, events, desk: new ViewDesk(store, (event) => events.push(event)) }
}

test('columns and saved views are there after a restart, and each table has its own', async () => {
  const { directory, store, desk } = await openDesk()
  await desk.arrange('runs', ARRANGEMENT)
  await desk.save('runs', makeView('Best'))
  store.close()
  const again = await openDesk(directory)
  expect(await again.desk.read('runs')).toEqual({ arrangement: ARRANGEMENT, saved: [makeView('Best')] })
  expect(await again.desk.read('epochs')).toEqual({ arrangement: { columns: null, widths: {} }, saved: [] })
})

test('what is announced is stored already', async () => {
  const directory = temporaryHome()
  const store = await openStore({ directory })
  const stored: unknown[] = []
  const desk = new ViewDesk(store, (event) => {
    if (event.type === 'views-changed') stored.push(store.readSetting(`views ${event.table}`))
  })
  const views = await desk.save('runs', makeView('Best'))
  expect(await Promise.all(stored)).toEqual([views])
})

test('a view replaces the one of its name, and names stand in order', async () => {
  const { desk } = await openDesk()
  await Promise.all(['Worst', 'Best', 'Best'].map((name) => desk.save('runs', makeView(name))))
  const changed = { ...makeView('Best'), parameters: {} }
  const { saved } = await desk.save('runs', changed)
  expect(saved).toEqual([changed, makeView('Worst')])
  expect((await desk.remove('runs', 'Best')).saved).toEqual([makeView('Worst')])
})

test('what is not there cannot be removed, and there is an end to saving', async () => {
  const { desk, events } = await openDesk()
  await expect(desk.remove('runs', 'Best')).rejects.toMatchObject({ code: 'not-found' })
  for (let number = 0; number < 200; number++) await desk.save('runs', makeView(`View ${number}`))
  await expect(desk.save('runs', makeView('One more'))).rejects.toMatchObject({ code: 'conflict' })
  await desk.save('runs', { ...makeView('View 7'), parameters: {} })
  expect(events).toHaveLength(201)
})

test('what this version cannot read counts as nothing', async () => {
  const { store, desk } = await openDesk()
  await store.writeSetting('views runs', { arrangement: 'wide' })
  expect((await desk.read('runs')).saved).toEqual([])
})
