// The application's menu: the usual verbs with the system's own keys, the theme, and two addresses of our own choice.
import type { MenuItemConstructorOptions } from 'electron'
import { type Settings, THEMES } from '#shared/contract.ts'

export interface MenuSetting {
  readonly isMac: boolean
  readonly isPackaged: boolean
  readonly theme: Settings['theme']
  readonly chooseTheme: (theme: Settings['theme']) => void
  readonly openFashionMnist: () => void
  readonly openElectron: () => void
}

const THEME_NAMES: Readonly<Record<Settings['theme'], string>> = {
  system: 'Like the System',
  light: 'Light',
  dark: 'Dark',
}
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' }

export function buildMenu(setting: MenuSetting): MenuItemConstructorOptions[] {
  return [
    ...(setting.isMac
      ? [{ role: 'appMenu' as const }]
      : [{ label: 'File', submenu: [{ role: 'quit' as const }] }]),
    { role: 'editMenu' },
    { label: 'View', submenu: buildView(setting) },
    { role: 'windowMenu' },
    { role: 'help', submenu: buildHelp(setting) },
  ]
}

function buildView({ isPackaged, theme, chooseTheme }: MenuSetting): MenuItemConstructorOptions[] {
  return [
    { label: 'Load the Page Again', role: 'reload' },
    ...(isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
    SEPARATOR,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    SEPARATOR,
    {
      label: 'Theme',
      submenu: THEMES.map((name) => ({
        label: THEME_NAMES[name],
        type: 'radio' as const,
        checked: name === theme,
        click: () => chooseTheme(name),
      })),
    },
    SEPARATOR,
    { role: 'togglefullscreen' },
  ]
}

function buildHelp({ isMac, openFashionMnist, openElectron }: MenuSetting): MenuItemConstructorOptions[] {
  return [
    { label: 'Fashion-MNIST on GitHub', click: openFashionMnist },
    { label: 'Electron’s Website', click: openElectron },
    ...(isMac ? [] : [SEPARATOR, { role: 'about' as const }]),
  ]
}
