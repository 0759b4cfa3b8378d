import { totalmem } from 'node:os'
import { describe, expect, it } from 'vitest'
import { describeHardware } from '#main/engines/hardware.ts'
import { hardwareSchema } from '#shared/engine.ts'

describe('the hardware of a run', () => {
  it('has all that the history keeps, and the GPU that the engine found', () => {
    const hardware = describeHardware('NVIDIA T4')
    expect(hardwareSchema.parse(hardware)).toEqual(hardware)
    expect(hardware).toMatchObject({ memoryBytes: totalmem(), gpu: 'NVIDIA T4' })
    expect(hardware.cores).toBeGreaterThan(0)
    expect(hardware.processor).not.toBe('')
    expect(hardware.platform).toBe(`${process.platform} ${process.arch}`)
  })

  it('has no GPU where none computes', () => {
    expect(describeHardware(null).gpu).toBeNull()
  })
})
