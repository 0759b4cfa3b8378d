// A6: nobody but these lines chooses what the system's browser or file manager opens. ESLint refuses others too.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LINKS } from '#main/shell/links.ts'
import { type OpenedShell, openShell, settle } from './open-shell.ts'
import { listCalls, readShellSources } from './shell-sources.ts'

const OPENS = /(^|\.)(openExternal|openPath|showItemInFolder|openItem|loadURL|loadFile|executeJavaScript)$/

describe('an address that is opened outside', () => {
  it('is named in the sources, never computed', async () => {
    const calls = (await readShellSources()).flatMap((source) => listCalls(source))
    const opened = calls.filter(({ callee }) => OPENS.test(callee))
    expect(opened).toEqual([
      { callee: 'shell.openExternal', parameters: ['LINKS.fashionMnist'] },
      { callee: 'shell.openExternal', parameters: ['LINKS.electron'] },
      { callee: 'window.loadURL', parameters: ['PAGE_ADDRESS'] },
      { callee: 'window.loadURL', parameters: ['TRAINER_ADDRESS'] },
    ])
  })

  it('is one of ours, over https', () => {
    expect(LINKS).toEqual({
      fashionMnist: 'https://github.com/zalandoresearch/fashion-mnist',
      electron: 'https://www.electronjs.org/',
    })
  })

  it('is opened from the menu alone', async () => {
    const { seen } = await openShell()
    expect(seen.opened).toEqual([])
    clickThroughHelp(seen)
    expect(seen.opened).toEqual([LINKS.fashionMnist, LINKS.electron])
  })

  it('that no browser opens is noted, and ends nothing', async () => {
    const openExternal = (): Promise<void> => Promise.reject(new Error('No application found.'))
    const { seen, home } = await openShell({ openExternal })
    clickThroughHelp(seen)
    await settle() // a rejection that nobody caught would fail this run
    const log = await readFile(join(home, 'atelier.log'), 'utf8')
    expect(log.match(/No browser opened the address: No application found\./g)).toHaveLength(2)
    expect([seen.errorBoxes, seen.exitCode]).toEqual([[], null])
  })
})

function clickThroughHelp({ menus }: OpenedShell['seen']): void {
  const help = menus.at(-1)?.find(({ role }) => role === 'help')?.submenu
  for (const item of Array.isArray(help) ? help : []) item.click?.({} as never, undefined, {})
}
