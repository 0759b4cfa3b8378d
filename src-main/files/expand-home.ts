// '~' and '~/photos' as a shell takes them: nobody else expands what is typed into a page.
import { homedir } from 'node:os'
import { join } from 'node:path'

export function expandHome(path: string, home = homedir()): string {
  return /^~($|[/\\])/.test(path) ? join(home, path.slice(1)) : path
}
