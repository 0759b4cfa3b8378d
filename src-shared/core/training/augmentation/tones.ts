// The tones of a garment as other cloth and other light would give them: brighter or darker, turned around, flattened
// towards the silhouette, with noise. The background stays what it is.
import type { Random } from '../../random.ts'
import { SILHOUETTE } from './silhouette.ts'

const TURN_CHANCE = 0.15
const FLATTEN_CHANCE = 0.35
const NOISE_CHANCE = 0.35
const MAX_NOISE = 0.06
const MAX_GAMMA_LOG = 0.5
const LOWEST_TONE = 0.35

export function changeTones(image: Float32Array, random: Random): void {
  const gamma = Math.exp(random.uniform(-MAX_GAMMA_LOG, MAX_GAMMA_LOG))
  const turned = random.uniform(0, 1) < TURN_CHANCE
  const flattening = random.uniform(0, 1) < FLATTEN_CHANCE ? random.uniform(0, 1) : 0
  const flatTone = random.uniform(LOWEST_TONE, 1)
  const brightness = random.uniform(0.75, 1.05)
  const noise = random.uniform(0, 1) < NOISE_CHANCE ? random.uniform(0, MAX_NOISE) : 0
  for (let i = 0; i < image.length; i++) {
    const value = image[i] ?? 0
    if (value <= SILHOUETTE) continue
    let tone = value ** gamma
    if (turned) tone = 1.1 - tone
    // An outline that is half background stays half as strong, whatever tone lies behind it.
    const edge = Math.min(1, value * 4)
    tone = (tone + flattening * (flatTone * edge - tone)) * brightness
    if (noise > 0) tone += noise * (random.uniform(-1, 1) + random.uniform(-1, 1))
    image[i] = tone < 0 ? 0 : tone > 1 ? 1 : tone
  }
}
