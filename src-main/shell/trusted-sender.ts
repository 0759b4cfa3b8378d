// Who may speak to the main process: the top frame of our one window, while it shows our page. Nobody else: no frame
// within it, no page of another address, no frame that is already gone.
import { APP_ORIGIN, isOurs } from './app-address.ts'
import type { Sender, SenderFrame, ShellContents } from './electron.ts'

/** The frame to answer, or null for a sender that is not to be heard. */
export function findTrustedFrame({ sender, senderFrame }: Sender, page: ShellContents): SenderFrame | null {
  if (sender !== page || senderFrame === null) return null
  const { parent, origin, url } = senderFrame
  return parent === null && origin === APP_ORIGIN && isOurs(url) ? senderFrame : null
}
