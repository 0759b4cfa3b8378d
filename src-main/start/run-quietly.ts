// Runs a program without showing what it prints.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Its exit code, or null when it was ended or could not be started. */
export async function runQuietly(
  command: string,
  parameters: readonly string[],
  { signal }: { signal: AbortSignal },
): Promise<number | null> {
  try {
    const child = spawn(command, parameters, { stdio: 'ignore', signal, killSignal: 'SIGKILL' })
    const [code] = (await once(child, 'exit')) as [number | null]
    return code
  } catch {
    return null
  }
}
