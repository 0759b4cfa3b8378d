// The options of the one window: exactly these, compared whole by a test.
import type { BrowserWindowConstructorOptions, Rectangle, WebPreferences } from 'electron'

/** Below this the page has no room; what it is made for is in features.md. */
export const SMALLEST = { width: 1024, height: 700 }

/** What every page of ours is shown with, the hidden one too. */
export const SAFE_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  allowRunningInsecureContent: false,
  navigateOnDragDrop: false,
  spellcheck: false, // Chromium would download dictionaries
} as const satisfies WebPreferences

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
      ...SAFE_PREFERENCES,
      preload,
      devTools: !isPackaged,
      // A hidden page draws nothing, which leaves the processor to the training; what is announced to it still arrives.
      backgroundThrottling: true,
    },
  }
}
