#!/usr/bin/env node
// Entry of the command line: `atelier VERB`.
import { abortOnSignals } from './terminal/abort-on-signals.ts'
import { openProcessTerminal } from './terminal/process-terminal.ts'
import { runCommand } from './terminal/run-command.ts'

process.exitCode = await runCommand(process.argv.slice(2), openProcessTerminal, abortOnSignals())
