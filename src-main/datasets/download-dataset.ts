// Downloads the four files of a known dataset into a folder that outlives the program, so that it can be continued.
import { Failure } from '#shared/failure.ts'
import { downloadFile, PATIENCE } from './download-file.ts'
import type { KnownDataset } from './known-datasets.ts'
import type { InstallOptions } from './stored-datasets.ts'

/**
 * @param options `baseUrl` is a folder on the web to take the files from instead of the known ones
 * @throws Failure 'unavailable' when no server gave all files; the signal's reason when it is aborted
 */
export async function downloadDataset(
  known: KnownDataset,
  folder: string,
  options: InstallOptions & { readonly baseUrl?: string | undefined },
): Promise<void> {
  const { baseUrl, signal = new AbortController().signal } = options
  const mirrors = baseUrl === undefined ? known.mirrors : [parseBaseUrl(baseUrl)]
  const totalBytes = known.files.reduce((sum, file) => sum + file.bytes, 0)
  let before = 0
  for (const file of known.files) {
    const onReceived = (bytes: number) => {
      options.onProgress?.({
        activity: 'downloading',
        file: file.name,
        done: before + bytes,
        total: totalBytes,
      })
    }
    await downloadFile(file, folder, { mirrors, patience: PATIENCE, signal, onReceived })
    before += file.bytes
  }
}

function parseBaseUrl(text: string): string {
  const url = URL.parse(text.endsWith('/') ? text : `${text}/`)
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href
  const expected = 'expected an address that begins with https:// or http://'
  throw new Failure('invalid-setting', `download address: ${expected}, found ${JSON.stringify(text)}.`)
}
