// What libtensorflow 2.9 needs to use an NVIDIA GPU, and what of it this machine has.
import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { platform } from 'node:os'
import { promisify } from 'node:util'

const NVIDIA_SMI_TIMEOUT_MS = 5000

/**
 * Libraries of CUDA 11.2 and cuDNN 8.1 by the names under which libtensorflow opens them. Where one of them is missing it
 * registers no GPU at all (TryDlopenCUDALibraries in its dlopen_checker_stub.cc).
 */
const LIBRARIES: Readonly<Record<'linux' | 'win32', readonly string[]>> = {
  linux: [
    ...['libcudart.so.11.0', 'libcublas.so.11', 'libcublasLt.so.11', 'libcufft.so.10', 'libcurand.so.10'],
    ...['libcusolver.so.11', 'libcusparse.so.11', 'libcudnn.so.8'],
  ],
  win32: [
    ...['cudart64_110.dll', 'cublas64_11.dll', 'cublasLt64_11.dll', 'cufft64_10.dll', 'curand64_10.dll'],
    ...['cusolver64_11.dll', 'cusparse64_11.dll', 'cudnn64_8.dll'],
  ],
}

const LINUX_FOLDERS = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/local/cuda/lib64',
  '/usr/local/cuda-11.2/lib64',
]

/** The first GPU that the NVIDIA driver names, or null where there is no driver or no GPU. */
export async function findGpuName(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(
      'nvidia-smi',
      ['--query-gpu=name', '--format=csv,noheader'],
      {
        timeout: NVIDIA_SMI_TIMEOUT_MS,
      },
    )
    return stdout.split('\n')[0]?.trim() || null
  } catch {
    return null // no driver: nothing that a user could be told about
  }
}

/** File names of libraries that lie in none of the folders in which the loader looks. */
export async function findMissingCudaLibraries(folders = libraryFolders()): Promise<string[]> {
  const names = LIBRARIES[platform() === 'win32' ? 'win32' : 'linux']
  const found = await Promise.all(names.map((name) => isInAny(folders, name)))
  return names.filter((_, index) => found[index] === false)
}

function libraryFolders(): string[] {
  const variable = platform() === 'win32' ? process.env['PATH'] : process.env['LD_LIBRARY_PATH']
  const named = (variable ?? '').split(delimiter).filter((folder) => folder !== '')
  return platform() === 'win32' ? named : [...named, ...LINUX_FOLDERS]
}

async function isInAny(folders: readonly string[], name: string): Promise<boolean> {
  const found = await Promise.all(
    folders.map((folder) =>
      access(join(folder, name)).then(
        () => true,
        () => false,
      ),
    ),
  )
  return found.includes(true)
}
