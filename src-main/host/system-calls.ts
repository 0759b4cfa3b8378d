// Calls about the application itself: what it is, what the machine can do, and the user's settings.
import { describeHardware } from '../engines/hardware.ts'
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildSystemCalls({ system }: Calls, { backend, datasets, engines, notices, version }: Host) {
  return {
    read: system.read.handler(() => ({
      version,
      home: backend.home.directory,
      hardware: describeHardware(null),
      notices: [...notices],
      dataDirectory: datasets.directory,
    })),
    checkEngines: system.checkEngines.handler(() => engines.read()),
  }
}

export function buildSettingsCalls(calls: Calls, { settings }: Host) {
  return {
    read: calls.settings.read.handler(() => settings.read()),
    change: calls.settings.change.handler(({ input }) => settings.change(input)),
  }
}
