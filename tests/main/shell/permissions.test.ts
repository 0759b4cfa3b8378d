// A7: no permission is ever granted, whatever its name. The names are read from Electron's own declarations.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { openShell } from './open-shell.ts'

const declarations = readFileSync(createRequire(import.meta.url).resolve('electron/electron.d.ts'), 'utf8')

/** The names in the union of a handler's second parameter. */
function permissionsOf(handler: string): string[] {
  const line = declarations.split('\n').find((text) => text.includes(`${handler}(handler:`)) ?? ''
  const union = /permission: ((?:'[\w-]+'(?: \| )?)+)/.exec(line)?.[1] ?? ''
  return [...union.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => name)
}

describe('every permission that Electron knows', () => {
  it('is refused when it is asked for', async () => {
    const { seen } = await openShell()
    const names = permissionsOf('setPermissionRequestHandler')
    expect(names.length).toBeGreaterThan(40)
    const answers: boolean[] = []
    for (const name of [...names, 'invented'])
      seen.requestPermission?.({}, name, (granted) => answers.push(granted))
    expect(answers).toEqual([...names, 'invented'].map(() => false))
  })

  it('is refused when it is checked', async () => {
    const { seen } = await openShell()
    const names = permissionsOf('setPermissionCheckHandler')
    expect(names.length).toBeGreaterThan(40)
    const answers = names.flatMap((name) => [
      seen.checkPermission?.({}, name),
      seen.checkPermission?.(null, name),
    ])
    expect(answers).toEqual(names.flatMap(() => [false, false]))
  })

  it('is refused for devices and screens', async () => {
    const { seen } = await openShell()
    expect(['hid', 'serial', 'usb'].map((deviceType) => seen.checkDevice?.({ deviceType }))).toEqual([
      false,
      false,
      false,
    ])
    const shared: unknown[] = []
    seen.shareScreen?.({}, (streams) => shared.push(streams))
    expect(shared).toEqual([null])
  })
})
