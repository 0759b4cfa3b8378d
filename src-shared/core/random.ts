// MT19937 as PyTorch's CPU generator uses it: the only source of randomness in training.
// Sources: Matsumoto and Nishimura 1998; ATen/core/MT19937RNGEngine.h, DistributionsHelper.h and TransformationHelper.h.

const STATE_LENGTH = 624
const SHIFT = 397

/** Everything that decides the next number: 624 words and the position among them. */
export interface RandomState {
  readonly words: Uint32Array
  readonly position: number
}

export class Random {
  readonly #words = new Uint32Array(STATE_LENGTH)
  #position = STATE_LENGTH

  /** @param seed taken modulo 2^32, as torch.manual_seed's is by its engine */
  constructor(seed: number) {
    this.seed(seed)
  }

  /** Starts the sequence of a seed again. */
  seed(seed: number): void {
    if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is a whole number, not ${seed}`)
    const words = this.#words
    let previous = seed >>> 0
    words[0] = previous
    for (let i = 1; i < STATE_LENGTH; i++) {
      previous = (Math.imul(1812433253, previous ^ (previous >>> 30)) + i) >>> 0
      words[i] = previous
    }
    this.#position = STATE_LENGTH
  }

  /** The next 32 bits, 0 .. 2^32 - 1. */
  nextUint32(): number {
    if (this.#position >= STATE_LENGTH) this.#refill()
    let y = this.#words[this.#position++] ?? 0
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    y ^= y >>> 18
    return y >>> 0
  }

  /** The next 64 bits as [high, low] words; the first number drawn is the high one. */
  nextUint64(): readonly [high: number, low: number] {
    const high = this.nextUint32()
    const low = this.nextUint32()
    return [high, low]
  }

  /**
   * A whole number in 0 .. limit - 1 as torch.randint draws it below 2^32 (one word, modulo).
   * @param limit a whole number from 1 to 2^32
   */
  below(limit: number): number {
    if (!Number.isInteger(limit) || limit < 1 || limit > 0x100000000) {
      throw new RangeError(`there is no whole number from 0 to below ${limit} that 32 bits can hold`)
    }
    return this.nextUint32() % limit
  }

  /** Float32 uniform in [low, high) as torch.rand and uniform_ draw it: 24 bits of one word, rounded once. */
  uniform(low: number, high: number): number {
    const from = Math.fround(low)
    const unit = (this.nextUint32() & 0xffffff) / 0x1000000
    return Math.fround(unit * Math.fround(Math.fround(high) - from) + from)
  }

  /** Float64 uniform in [0, 1): 53 bits of two words, as torch's bernoulli_ draws. */
  uniformDouble(): number {
    const high = this.nextUint32()
    const low = this.nextUint32()
    return ((high & 0x1fffff) * 0x100000000 + low) / 0x20000000000000
  }

  saveState(): RandomState {
    return { words: this.#words.slice(), position: this.#position }
  }

  restoreState(state: RandomState): void {
    const { words, position } = state
    const fits = Number.isInteger(position) && position >= 0 && position <= STATE_LENGTH
    if (words.length !== STATE_LENGTH || !fits) {
      throw new RangeError(`a generator state has ${STATE_LENGTH} words and a position of at most as many`)
    }
    this.#words.set(words)
    this.#position = position
  }

  /** In stretches within which no index wraps around: a remainder for each word would take twice the time. */
  #refill(): void {
    const words = this.#words
    const last = STATE_LENGTH - 1
    for (let i = 0; i < STATE_LENGTH - SHIFT; i++) words[i] = twist(words, i, i + 1, i + SHIFT)
    for (let i = STATE_LENGTH - SHIFT; i < last; i++)
      words[i] = twist(words, i, i + 1, i + SHIFT - STATE_LENGTH)
    words[last] = twist(words, last, 0, SHIFT - 1)
    this.#position = 0
  }
}

/** The next value of a word, from itself, its neighbour and the one that is `SHIFT` further. */
function twist(words: Uint32Array, at: number, next: number, far: number): number {
  const y = ((words[at] ?? 0) & 0x80000000) | ((words[next] ?? 0) & 0x7fffffff)
  return (words[far] ?? 0) ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df)
}
