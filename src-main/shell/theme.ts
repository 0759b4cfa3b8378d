// The theme of the window's frame, its dialogs and its menu, which is the one that the host keeps for the page.
import type { MenuItemConstructorOptions } from 'electron'
import type { Settings } from '#shared/contract.ts'
import type { ShellElectron } from './electron.ts'
import { openElectron, openFashionMnist } from './links.ts'
import { buildMenu } from './menu.ts'
import type { Note } from './shell-log.ts'

type Parts = Pick<ShellElectron, 'app' | 'Menu' | 'nativeTheme' | 'shell'>

/** Returns what to call with the settings at the start and whenever they have changed. */
export function followTheme(
  { app, Menu, nativeTheme, shell }: Parts,
  chooseTheme: (theme: Settings['theme']) => void,
  note: Note,
): (settings: Settings) => void {
  const build = (theme: Settings['theme']): MenuItemConstructorOptions[] =>
    buildMenu({
      isMac: process.platform === 'darwin',
      isPackaged: app.isPackaged,
      theme,
      chooseTheme,
      openFashionMnist: () => openFashionMnist(shell, note),
      openElectron: () => openElectron(shell, note),
    })
  return ({ theme }) => {
    nativeTheme.themeSource = theme
    Menu.setApplicationMenu(Menu.buildFromTemplate(build(theme)))
  }
}
