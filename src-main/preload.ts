// The preload script of the window, in its sandbox: hands the page one port.
import { ipcRenderer } from 'electron'
import { type PageWindow, passPort } from './shell/pass-port.ts'

declare const window: PageWindow

passPort(ipcRenderer, window)
