// The preload script of the hidden window that computes, in its sandbox: hands its page one port.
import { ipcRenderer } from 'electron'
import { passTrainerPort, type TrainerPageWindow } from './shell/pass-trainer-port.ts'

declare const window: TrainerPageWindow

passTrainerPort(ipcRenderer, window)
