// Entry of the browser mode: `npm run -s serve -- [flags]`.
import { serveVerb } from './serve/serve-verb.ts'
import { abortOnSignals } from './terminal/abort-on-signals.ts'
import { openProcessTerminal } from './terminal/process-terminal.ts'
import { runVerb } from './terminal/run-command.ts'

process.exitCode = await runVerb(serveVerb, process.argv.slice(2), openProcessTerminal, abortOnSignals())
