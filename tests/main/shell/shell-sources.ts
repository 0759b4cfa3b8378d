// The sources of the shell, as text and as syntax trees, for tests of what must not stand in them.
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import ts from 'typescript'

export interface ShellSource {
  /** Seen from src-main, such as 'shell/links.ts'. */
  readonly name: string
  readonly text: string
}

const MAIN = resolve(import.meta.dirname, '../../../src-main')

export async function readShellSources(): Promise<ShellSource[]> {
  const names = (await readdir(join(MAIN, 'shell'))).map((name) => `shell/${name}`)
  return Promise.all(
    ['main.ts', 'preload.ts', 'trainer-preload.ts', ...names].map(async (name) => ({
      name,
      text: await readFile(join(MAIN, name), 'utf8'),
    })),
  )
}

/** Every call in a source: what is called and with what, as they are written. */
export function listCalls({ name, text }: ShellSource): { callee: string; parameters: string[] }[] {
  const tree = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
  const calls: { callee: string; parameters: string[] }[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const parameters = node.arguments.map((argument) => argument.getText(tree))
      calls.push({ callee: node.expression.getText(tree), parameters })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return calls
}
