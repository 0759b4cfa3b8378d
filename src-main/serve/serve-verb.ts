// The browser mode as a verb: the workbench on loopback, for a machine without a screen or without Electron.
import { resolve } from 'node:path'
import { Failure } from '#shared/failure.ts'
import { openHost } from '../host/host.ts'
import { buildRouter } from '../host/router.ts'
import { readBuiltPage } from '../page/built-page.ts'
import { parseWholeNumber } from '../terminal/parse-number.ts'
import { refusePositionals } from '../terminal/positionals.ts'
import { textFlag } from '../terminal/text-flag.ts'
import { type Arguments, EXIT_DONE, type Verb } from '../terminal/verb.ts'
import { forkTrainer } from '../training/spawn-trainer.ts'
import { readVersion } from '../version.ts'
import { openWorkbenchServer } from './http-server.ts'
import { openBrowser } from './open-browser.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const LARGEST_PORT = 65_535

export const serveVerb: Verb = {
  name: 'serve',
  usage: '[--port N] [--data DIR] [--no-open]',
  summary: 'Open the workbench in a browser; ends with Ctrl-C.',
  flags: {
    port: { value: 'N', help: 'The port to listen on; any free one when left out.' },
    data: { value: 'DIR', help: 'Offer the four IDX files of this folder, without installing them.' },
    'no-open': { help: 'Print the address and open no browser.' },
  },
  async run(input, { home, terminal, signal }) {
    refusePositionals(serveVerb, input)
    const port = readPort(input)
    const page = readBuiltPage(resolve(ROOT, 'out/renderer'))
    const log = (line: string): void => terminal.note(line)
    const host = await openHost({
      ...{ home, log, version: readVersion(), purpose: 'in a browser', spawnTrainer: forkTrainer },
      dataDirectory: textFlag(input, 'data'),
    })
    try {
      for (const notice of host.notices) terminal.note(notice)
      const server = await openWorkbenchServer(buildRouter(host), page, port)
      terminal.print(server.address)
      if (input.flags['no-open'] === undefined) openBrowser(server.makeAddressForOnce(), log)
      await aborted(signal)
      await server.close()
    } finally {
      await host.close()
    }
    return EXIT_DONE
  },
}

function readPort({ flags }: Arguments): number {
  const text = flags['port']
  if (text === undefined) return 0
  const port = parseWholeNumber('port', text)
  if (port >= 1 && port <= LARGEST_PORT) return port
  throw new Failure('invalid-setting', `--port wants a number from 1 to ${LARGEST_PORT}, found ${port}.`)
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolveAborted) =>
    signal.addEventListener('abort', () => resolveAborted(), { once: true }),
  )
}
