// What the desktop does beside the page while runs train: it stays awake, tells of ends, and follows the theme.
import { describe, expect, it } from 'vitest'
import { Failure } from '#shared/failure.ts'
import type { Run, RunStatus } from '#shared/run.ts'
import { makeRun } from '../../renderer/fake-runs.ts'
import { allowNotifications } from '#main/shell/run-notification.ts'
import { buildFakeElectron } from './fake-electron.ts'
import { buildFakeHost } from './fake-host.ts'
import { type OpenedShell, openShell, settle } from './open-shell.ts'

function runWith(status: RunStatus, changes: Partial<Run> = {}): Run {
  const { experiment, dataset, parameters } = makeRun(0, () => 0.5)
  const createdAt = '2026-11-22T10:00:00.000Z'
  return {
    ...{ id: 'run-1', name: 'Mine', status, reason: null, experiment, dataset, parameters, createdAt },
    ...{ engine: null, hardware: null, startedAt: null, finishedAt: null, epochs: [], evaluation: null },
    ...{ notes: '', tags: [], starred: false, archived: false, deletedAt: null },
    ...changes,
  }
}

async function announce(
  { host }: OpenedShell,
  current: string | null,
  ...runs: readonly Run[]
): Promise<void> {
  host.announce({ type: 'queue-changed', queue: { current, waiting: [], held: false } })
  for (const run of runs) host.announce({ type: 'run-changed', run })
  await settle()
}

describe('the machine', () => {
  it('is kept awake while a run trains, and only then', async () => {
    const shell = await openShell()
    const { blockers } = shell.seen
    expect(blockers.size).toBe(0)
    await announce(shell, 'run-1', runWith('running'))
    expect(blockers.size).toBe(1)
    await announce(shell, 'run-1', runWith('paused'))
    expect(blockers.size).toBe(0)
    await announce(shell, 'run-1', runWith('running'))
    expect(blockers.size).toBe(1)
    await announce(shell, null, runWith('completed'))
    expect(blockers.size).toBe(0)
  })

  it('is kept awake for a run that trained before the window was there', async () => {
    const host = buildFakeHost({ current: 'run-1', waiting: [], held: false })
    expect((await openShell({ host })).seen.blockers.size).toBe(1)
  })
})

describe('the end of a run', () => {
  it('can be told on Windows, under the id of the installed application', () => {
    const { electron, seen } = buildFakeElectron()
    allowNotifications(electron.app, 'linux')
    expect(seen.calls).toEqual([])
    allowNotifications(electron.app, 'win32')
    expect(seen.calls).toEqual(['setAppUserModelId org.atelier.workbench'])
  })

  it.each([
    ['completed', 'Training is complete'],
    ['failed', 'Training has failed'],
    ['interrupted', 'Training was interrupted'],
  ] as const)('is told once: %s', async (status, title) => {
    const shell = await openShell()
    const run = runWith(status, { reason: status === 'completed' ? null : 'For a reason.' })
    await announce(shell, 'run-1', runWith('running'), run, run)
    const [notification, ...others] = shell.seen.notifications
    expect(others).toEqual([])
    expect(notification?.options).toMatchObject({ title, body: expect.stringMatching(/^Mine\n/) as string })
    shell.window.isSmall = true
    notification?.emit('click')
    expect(shell.window.calls.slice(-3)).toEqual(['restore', 'show', 'focus'])
  })

  it.each([
    ['is not told to someone who looks at the window', true, 'completed'],
    ['is not told to someone who has cancelled it', false, 'cancelled'],
  ] as const)('%s', async (_name, hasFocus, status) => {
    const shell = await openShell()
    shell.window.hasFocus = hasFocus
    await announce(shell, 'run-1', runWith('running'), runWith(status))
    expect(shell.seen.notifications).toEqual([])
  })

  it('is not told of runs that did not train here', async () => {
    const shell = await openShell()
    await announce(shell, null, runWith('completed'))
    expect(shell.seen.notifications).toEqual([])
  })
})

describe('the theme', () => {
  it('is the one that the host keeps, in the frame and in the menu', async () => {
    const shell = await openShell()
    const checked = (): string[] => {
      const view = shell.seen.menus.at(-1)?.find(({ label }) => label === 'View')?.submenu
      const theme = Array.isArray(view) ? view.find(({ label }) => label === 'Theme')?.submenu : []
      return Array.isArray(theme) ? theme.filter((item) => item.checked).map((item) => item.label ?? '') : []
    }
    expect([shell.electron.nativeTheme.themeSource, checked()]).toEqual(['system', ['Like the System']])
    shell.host.announce({
      type: 'settings-changed',
      settings: { theme: 'dark', engine: 'auto', threads: 'automatic' },
    })
    await settle()
    expect([shell.electron.nativeTheme.themeSource, checked()]).toEqual(['dark', ['Dark']])
  })

  it('that is chosen in the menu is changed at the host', async () => {
    const shell = await openShell()
    chooseLight(shell)
    await settle()
    expect(shell.host.reached).toEqual(['settings.change'])
    expect(shell.electron.nativeTheme.themeSource).toBe('light')
  })

  it('that cannot be kept is told with the reason, and ends nothing', async () => {
    const host = buildFakeHost()
    const shell = await openShell({ host })
    host.refusal = new Failure('unavailable', 'The disk is full.')
    chooseLight(shell)
    await settle()
    expect(shell.seen.errorBoxes).toEqual([
      { title: 'The theme was not changed', content: 'The disk is full.' },
    ])
    expect([shell.seen.exitCode, shell.electron.nativeTheme.themeSource]).toEqual([null, 'system'])
  })
})

function chooseLight(shell: OpenedShell): void {
  const view = shell.seen.menus.at(-1)?.find(({ label }) => label === 'View')?.submenu
  const theme = Array.isArray(view) ? view.find(({ label }) => label === 'Theme')?.submenu : []
  const light = Array.isArray(theme) ? theme.find(({ label }) => label === 'Light') : undefined
  light?.click?.({} as never, undefined, {})
}
