// A6: nobody but these lines chooses what the system's browser or file manager opens. ESLint refuses others too.
import { describe, expect, it } from 'vitest'
import { LINKS } from '#main/shell/links.ts'
import { openShell } from './open-shell.ts'
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
    const help = seen.menus.at(-1)?.find(({ role }) => role === 'help')?.submenu
    for (const item of Array.isArray(help) ? help : []) item.click?.({} as never, undefined, {})
    expect(seen.opened).toEqual([LINKS.fashionMnist, LINKS.electron])
  })
})
