import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ENTRY = resolve(import.meta.dirname, '../../src-main/bench.ts')

function bench(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [ENTRY, ...words], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('the bench', () => {
  it('prints one JSON object for an engine and a batch size', () => {
    const { status, stdout } = bench('--json', '--engine', 'wasm', '--batch', '4', '--images', '16')
    const above = (low: number): unknown =>
      expect.toSatisfy((value) => typeof value === 'number' && value > low)
    expect(status).toBe(0)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        engine: 'wasm',
        batch: 4,
        images: 16,
        trainImagesPerSecond: above(0),
        inferImagesPerSecond: above(0),
        peakMemoryBytes: above(50_000_000),
        processor: expect.any(String) as string,
        versions: expect.objectContaining({ '@tensorflow/tfjs': expect.any(String) as string }) as object,
      },
    ])
  })

  it('prints a table for people', () => {
    const { status, stdout } = bench('--engine', 'wasm', '--batch', '4', '--images', '8')
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /^Engine +Batch +Images +Train images\/s +Infer images\/s +Peak memory +Processor\nwasm +4 +8 /,
    )
  })

  it.each([
    [['--engine', 'abacus'], 'There is no engine abacus. Choose one of: '],
    [['--batch', '0'], '--batch wants a whole number above 0, found 0.'],
    [['--images', '1.5'], '--images wants a whole number, found "1.5".'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j with one sentence and exit code 2', (words, sentence) => {
    const { status, stdout, stderr } = bench(...words)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
