// Engines that start, and those that do not: a package of TensorFlow that is missing, broken or without a GPU is a
// folder with a few lines in it, named by ATELIER_TFJS_NODE.
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { platform } from 'node:os'
import { delimiter, join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ENGINES, startEngine } from '#main/engines/start-engine.ts'
import { ENGINE_NAMES } from '#shared/engine.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'

beforeEach(async () => {
  vi.stubEnv('ATELIER_TFJS_NODE', await makeTemporaryFolder())
})

afterEach(() => {
  if ('tensorflow' in tf.engine().registryFactory) tf.removeBackend('tensorflow')
  vi.unstubAllEnvs()
})

/** Makes @tensorflow/tfjs-node-gpu what is in this text. */
async function installPackage(source: string): Promise<void> {
  const folder = await makeTemporaryFolder()
  const packageFolder = join(folder, 'node_modules', '@tensorflow', 'tfjs-node-gpu')
  await mkdir(packageFolder, { recursive: true })
  await writeFile(join(packageFolder, 'index.js'), source)
  vi.stubEnv('ATELIER_TFJS_NODE', folder)
}

/** What is asked of the backend of a package of TensorFlow. */
class NoBackend extends tf.KernelBackend {
  readonly binding = { TF_Version: '2.9.1' }
  readonly isUsingGpuDevice: boolean

  constructor(isUsingGpuDevice: boolean) {
    super()
    this.isUsingGpuDevice = isUsingGpuDevice
  }

  override dispose(): void {
    // it holds nothing
  }
}

/** A package that loads, and a backend that says whether it has a GPU. */
async function installBackend(isUsingGpuDevice: boolean, version = `'9.9.9'`): Promise<void> {
  await installPackage(`exports.version = { 'tfjs-node': ${version} }`)
  tf.registerBackend('tensorflow', () => new NoBackend(isUsingGpuDevice))
  tf.registerKernel({ kernelName: tf.Step, backendName: 'tensorflow', kernelFunc: () => [] })
}

/** A driver that names one GPU, or none. */
async function installDriver(gpu: string | null): Promise<void> {
  const folder = await makeTemporaryFolder()
  await writeFile(
    join(folder, 'nvidia-smi'),
    gpu === null ? '#!/bin/sh\nexit 1\n' : `#!/bin/sh\necho "${gpu}"\n`,
  )
  await chmod(join(folder, 'nvidia-smi'), 0o755)
  vi.stubEnv('PATH', [folder, '/usr/bin', '/bin'].join(delimiter))
}

describe('an engine that starts', () => {
  it('can be started again, and computes', async () => {
    for (const name of ['wasm', 'cpu', 'wasm'] as const) {
      await startEngine(name)
      const sum = tf.tidy(() => tf.sum(tf.tensor1d([1, 2, 3])).dataSync()[0])
      expect([tf.getBackend(), sum]).toEqual([name, 6])
    }
  })

  it('is the one of its name in the table', () => {
    expect(ENGINE_NAMES.map((name) => ENGINES[name].name)).toEqual([...ENGINE_NAMES])
  })
})

describe('auto', () => {
  it('takes the first engine in the order of names that really starts', async () => {
    const startable = []
    for (const name of ENGINE_NAMES) {
      const started = await startEngine(name).then(
        (description) => description.name === name && (name !== 'webgpu' || description.notice === null),
        () => false,
      )
      if (started) startable.push(name)
    }
    expect((await startEngine('auto')).name).toBe(startable[0])
  })

  it.skipIf(platform() === 'win32')('takes cuda before all others where there is a GPU', async () => {
    await installDriver('NVIDIA T4')
    await installBackend(true)
    expect(await startEngine('auto')).toMatchObject({ name: 'cuda', gpu: 'NVIDIA T4', notice: null })
  })
})

describe('an engine that does not start', () => {
  it.each(['cuda', 'native'] as const)(
    '%s says that its package is missing and what to install',
    async (name) => {
      await expect(startEngine(name)).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringMatching(
          /^The engine (cuda|native) did not start: @tensorflow\/tfjs-node-gpu is not installed\. Run npm install/,
        ) as string,
      })
    },
  )

  it('says in one line why the library does not load', async () => {
    await installPackage(
      `throw new Error('libtensorflow.so.2: cannot open shared object file\\nRequire stack: ...')`,
    )
    await expect(startEngine('cuda')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/\(libtensorflow\.so\.2: cannot open shared object file\)/) as string,
      cause: expect.any(Error) as Error,
    })
  })
})

describe.skipIf(platform() === 'win32')('TensorFlow without a GPU', () => {
  it('is called native, whichever of its names was asked for', async () => {
    await installDriver(null)
    for (const name of ['cuda', 'native'] as const) {
      await installBackend(false)
      expect(await startEngine(name)).toMatchObject({
        name: 'native',
        gpu: null,
        notice: 'No NVIDIA GPU was found; libtensorflow computes on the processor.',
      })
      tf.removeBackend('tensorflow')
    }
  })

  it('says which libraries are missing for a GPU that is there', async () => {
    await installDriver('NVIDIA T4')
    await installBackend(false)
    const { notice } = await startEngine('cuda')
    expect(notice).toMatch(/^NVIDIA T4 is there, but libtensorflow cannot use it .*(CUDA 11\.2|driver)/)
  })

  it('has back what its package asks of Node', async () => {
    await installDriver(null)
    await installBackend(false, `[null, undefined, 0].map(require('node:util').isNullOrUndefined).join()`)
    const { versions } = await startEngine('native')
    expect(versions).toMatchObject({ '@tensorflow/tfjs-node-gpu': 'true,true,false', libtensorflow: '2.9.1' })
  })
})

describe('the number of threads', () => {
  it.each([1, 3] as const)('of the engine simd is what was asked for: %i', async (threads) => {
    expect(await startEngine('simd', threads)).toMatchObject({ name: 'simd', threads })
    tf.removeBackend('simd')
  })
})
