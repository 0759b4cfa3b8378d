// The options of the one window: exactly these, compared whole by a test.
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'

/** Below this the page has no room; what it is made for is in features.md. */
export const SMALLEST = { width: 1024, height: 700 }

export interface WindowSetting {
  readonly place: Rectangle
  readonly preload: string
  readonly icon: string
  readonly isPackaged: boolean
}

export function buildWindowOptions({
  place,
  preload,
  icon,
  isPackaged,
}: WindowSetting): BrowserWindowConstructorOptions {
  return {
    ...place,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Atelier',
    icon,
    show: false, // until the first frame is drawn
    backgroundColor: '#1a1a1e',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      devTools: !isPackaged,
      spellcheck: false, // Chromium would download dictionaries
      // A hidden page draws nothing, which leaves the processor to the training; what is announced to it still arrives.
      backgroundThrottling: true,
    },
  }
}
