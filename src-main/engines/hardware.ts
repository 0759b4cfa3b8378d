// What the machine is, recorded with every run as the paper's Fig. 3 does.
import { arch, cpus, platform, totalmem } from 'node:os'
import type { Hardware } from '#shared/engine.ts'

/** @param gpu the GPU that the engine found, or null */
export function describeHardware(gpu: string | null): Hardware {
  const processors = cpus()
  return {
    processor: processors[0]?.model.trim() ?? 'unknown processor',
    cores: processors.length,
    memoryBytes: totalmem(),
    platform: `${platform()} ${arch()}`,
    gpu,
  }
}
