import { chmod, writeFile } from 'node:fs/promises'
import { platform } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findGpuName, findMissingCudaLibraries } from '#main/engines/cuda-libraries.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'

const NAMES = [
  ...['libcudart.so.11.0', 'libcublas.so.11', 'libcublasLt.so.11', 'libcufft.so.10', 'libcurand.so.10'],
  ...['libcusolver.so.11', 'libcusparse.so.11', 'libcudnn.so.8'],
]
const isLinux = platform() === 'linux'
const linuxOnly = isLinux ? '' : ' (skipped: the files are named as on Linux)'

afterEach(() => {
  vi.unstubAllEnvs()
})

/** A folder with empty files of these names. */
async function makeFolderWith(...names: string[]): Promise<string> {
  const folder = await makeTemporaryFolder()
  await Promise.all(names.map((name) => writeFile(join(folder, name), '')))
  return folder
}

describe.skipIf(!isLinux)(`the libraries of CUDA${linuxOnly}`, () => {
  it('are all missing where there are none', async () => {
    expect(await findMissingCudaLibraries([await makeTemporaryFolder(), '/no/such/folder'])).toEqual(NAMES)
    expect(await findMissingCudaLibraries([])).toEqual(NAMES)
  })

  it('are found in any of the folders; those that are missing are named in order', async () => {
    const first = await makeFolderWith('libcublas.so.11')
    const second = await makeFolderWith('libcudart.so.11.0', 'libcudnn.so.9')
    expect(await findMissingCudaLibraries([first, second])).toEqual(NAMES.slice(2))
  })

  it('are looked for where LD_LIBRARY_PATH says', async () => {
    const folder = await makeFolderWith(...NAMES)
    vi.stubEnv('LD_LIBRARY_PATH', ['/no/such/folder', '', folder].join(delimiter))
    expect(await findMissingCudaLibraries()).toEqual([])
  })
})

describe.skipIf(!isLinux)(`the name of the GPU${linuxOnly}`, () => {
  /** Puts a program in the place of the driver's. */
  async function installDriver(script: string): Promise<void> {
    const folder = await makeTemporaryFolder()
    await writeFile(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`)
    await chmod(join(folder, 'nvidia-smi'), 0o755)
    vi.stubEnv('PATH', [folder, '/usr/bin', '/bin'].join(delimiter))
  }

  it.each([
    ['that of the first', 'echo "NVIDIA H100 80GB HBM3"; echo "NVIDIA T4"', 'NVIDIA H100 80GB HBM3'],
    ['none when the driver finds none', 'exit 6', null],
    ['none when the driver says nothing', 'echo', null],
  ])('is %s', async (_, script, name) => {
    await installDriver(script)
    expect(await findGpuName()).toBe(name)
  })

  it('asks the driver for names and nothing else', async () => {
    await installDriver('[ "$*" = "--query-gpu=name --format=csv,noheader" ] && echo asked')
    expect(await findGpuName()).toBe('asked')
  })

  it('is none without a driver', async () => {
    vi.stubEnv('PATH', await makeTemporaryFolder())
    expect(await findGpuName()).toBeNull()
  })
})
