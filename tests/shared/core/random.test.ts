import { assert, double, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '#shared/core/random.ts'
import { NEEDS_TORCH_FIXTURES, readTorchFixtures } from '../../reference.ts'

const someSeed = integer({ min: 0, max: 0xffff_ffff })
const somePosition = integer({ min: 0, max: 1300 }) // past two refills of 624 words

function draw(count: number, next: () => number): number[] {
  return Array.from({ length: count }, () => next())
}

describe('the words of MT19937', () => {
  it('are those of the reference implementation', () => {
    const random = new Random(42)
    expect(draw(4, () => random.nextUint32())).toEqual([1608637542, 3421126067, 4083286876, 787846414])
  })

  it('are still so after sixteen refills: the 10,000th of seed 5489, as the C++ standard gives it', () => {
    const random = new Random(5489)
    expect(draw(10_000, () => random.nextUint32()).at(-1)).toBe(4_123_659_995)
  })

  it('start again when the seed is set again, and take seeds modulo 2^32', () => {
    const random = new Random(7)
    const words = draw(700, () => random.nextUint32())
    random.seed(7)
    expect(draw(700, () => random.nextUint32())).toEqual(words)
    random.seed(7 + 2 ** 32)
    expect(draw(700, () => random.nextUint32())).toEqual(words)
    random.seed(7 - 2 ** 32)
    expect(draw(700, () => random.nextUint32())).toEqual(words)
  })

  it('make 64 bits of two words, the high one first', () => {
    expect(new Random(42).nextUint64()).toEqual([1608637542, 3421126067])
  })
})

describe('numbers drawn as PyTorch draws them', () => {
  it.skipIf(NEEDS_TORCH_FIXTURES)(`are those of torch.randint and torch.rand${NEEDS_TORCH_FIXTURES}`, () => {
    const torch = readTorchFixtures()
    const whole = new Random(42)
    const limit = 2 ** 31 - 1
    expect(draw(8, () => whole.below(limit))).toEqual(torch.mt19937_seed42_first8)
    const real = new Random(42)
    expect(draw(5, () => real.uniform(0, 1))).toEqual(torch.rand5_seed42)
  })

  // torch.manual_seed(7); torch.empty(8).uniform_(-0.3, 0.3): double arithmetic between float32 bounds
  it('are rounded to float32 once, after the scaling', () => {
    const random = new Random(7)
    expect(draw(8, () => random.uniform(-0.3, 0.3))).toEqual([
      0.020953524857759476, -0.1807180941104889, 0.09552702307701111, 0.09413416683673859,
      -0.16034306585788727, -0.044963158667087555, -0.17574839293956757, 0.07784181833267212,
    ])
  })

  // torch.manual_seed(42); torch.rand(5, dtype=torch.double)
  it('use 53 bits of two words where they are doubles', () => {
    const random = new Random(42)
    expect(draw(5, () => random.uniformDouble())).toEqual([
      0.05815448596142969, 0.06291016742457756, 0.12358607277440903, 0.05258016436107704, 0.5261718968547618,
    ])
  })
})

describe('ranges', () => {
  it('of doubles are 0 up to but not 1', () => {
    assert(
      property(someSeed, (seed) => {
        const random = new Random(seed)
        expect(draw(50, () => random.uniformDouble()).every((value) => value >= 0 && value < 1)).toBe(true)
      }),
    )
  })

  it('of float32 values are kept, and each is a float32', () => {
    const bound = double({ min: -1e6, max: 1e6, noNaN: true })
    assert(
      property(someSeed, bound, bound, (seed, first, second) => {
        const low = Math.fround(Math.min(first, second))
        const high = Math.fround(Math.max(first, second))
        const random = new Random(seed)
        for (const value of draw(20, () => random.uniform(low, high))) {
          expect(value >= low && value <= high && Math.fround(value) === value).toBe(true)
        }
      }),
    )
  })

  it('of whole numbers are 0 up to but not the limit, which is one word modulo the limit', () => {
    assert(
      property(someSeed, integer({ min: 1, max: 0x7fff_ffff }), (seed, limit) => {
        const word = new Random(seed).nextUint32()
        expect(new Random(seed).below(limit)).toBe(word % limit)
      }),
    )
  })
})

describe('a saved state', () => {
  it('goes on where it was saved, however often the generator was used since', () => {
    assert(
      property(someSeed, somePosition, (seed, position) => {
        const random = new Random(seed)
        draw(position, () => random.nextUint32())
        const state = random.saveState()
        const next = draw(700, () => random.nextUint32())
        random.restoreState(state)
        expect(draw(700, () => random.nextUint32())).toEqual(next)
        const other = new Random(0)
        other.restoreState(state)
        expect(draw(700, () => other.nextUint32())).toEqual(next)
      }),
      { numRuns: 20 },
    )
  })
})

describe('misuse', () => {
  const words = new Uint32Array(624)

  it.each([
    { words: new Uint32Array(623), position: 0 },
    { words, position: -1 },
    { words, position: 625 },
    { words, position: 1.5 },
    { words, position: Number.NaN },
  ])('is refused: the state $position of $words.length words', (state) => {
    expect(() => new Random(1).restoreState(state)).toThrow('624 words and a position of at most as many')
  })

  it.each([0, -3, 1.5, 2 ** 32 + 1, Number.NaN])('is refused: a number below %d', (limit) => {
    expect(() => new Random(1).below(limit)).toThrow(RangeError)
  })

  it.each([1.5, Number.NaN, Infinity])('is refused: the seed %d', (seed) => {
    expect(() => new Random(seed)).toThrow(`a seed is a whole number, not ${seed}`)
  })
})
