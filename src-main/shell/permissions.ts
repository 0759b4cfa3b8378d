// Electron grants every permission that is not refused. Here none is granted: the page needs none.
import type { ShellSession } from './electron.ts'

export function refuseEveryPermission(session: ShellSession): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
}
