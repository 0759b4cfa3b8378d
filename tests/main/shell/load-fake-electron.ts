// Loaded before the built application under Node: where it imports `electron` it gets the fake one. When the window
// has been opened, the window is closed, and what was seen is printed as one line of JSON.
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'

const url = pathToFileURL(join(import.meta.dirname, 'built-electron.ts')).href

registerHooks({
  resolve: (name, context, next) => (name === 'electron' ? { url, shortCircuit: true } : next(name, context)),
})
