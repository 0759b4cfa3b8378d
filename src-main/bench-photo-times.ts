// `node src-main/bench-photo-times.ts --run ID`: how long a photo takes from its file to its answer, how many a second, and what
// memory that takes. The photos are drawn here, 12 megapixels and 400 x 400; nothing is kept.
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DEFAULT_PREPARATION } from '#shared/preparation.ts'
import { describeFailure } from '#shared/failure.ts'
import { locateHome } from './home.ts'
import { Classifier } from './photos/classifier.ts'
import { classifyPhoto } from './photos/classify-photo.ts'
import { Decoders } from './photos/decoders.ts'
import { BACKGROUNDS, drawSamplePhoto, SAMPLE_HEIGHT, SAMPLE_WIDTH } from './photos/draw-sample-photo.ts'
import { encodeJpeg } from './photos/encode-photo.ts'
import { findJudge } from './photos/judge-source.ts'
import { openStoreReader } from './store/open-store.ts'
import { EXIT_DONE, EXIT_REFUSED } from './terminal/verb.ts'

const SIZES = [
  { name: '12 megapixels', width: 3000, height: 4000 },
  { name: '400 x 400', width: 400, height: 400 },
]
const FILES = 10
const AT_ONCE = 4

async function bench(runId: string, homeFolder: string | undefined, count: number): Promise<void> {
  const home = locateHome(homeFolder)
  const store = openStoreReader({ directory: home.directory })
  const judge = await findJudge(store, home, runId)
  store.close()
  const tools = { decoders: new Decoders(), classifier: new Classifier() }
  const folder = await mkdtemp(join(tmpdir(), 'atelier-bench-photos-'))
  try {
    await tools.classifier.open(judge)
    const settings = DEFAULT_PREPARATION
    const answer = (path: string) =>
      classifyPhoto(tools, { path, settings, edit: null, thresholds: null, judges: [judge] }, 'input')
    for (const { name, width, height } of SIZES) {
      const paths = await writePhotos(folder, width, height)
      for (const path of paths.slice(0, 2)) await answer(path) // the processes have started
      const times = await measureOneByOne(paths, count, answer)
      const perSecond = await measureTogether(paths, count, answer)
      const figures = { photos: name, medianMs: at(times, 0.5), p95Ms: at(times, 0.95), perSecond }
      print({ ...figures, decodersMB: peakOf(tools.decoders.pids), applicationMB: peakOf([process.pid]) })
    }
  } finally {
    tools.decoders.close()
    tools.classifier.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function writePhotos(folder: string, width: number, height: number): Promise<string[]> {
  const paths: string[] = []
  for (let index = 0; index < FILES; index++) {
    const background = BACKGROUNDS[index % BACKGROUNDS.length] ?? 'white'
    const photo = enlarge(drawSamplePhoto(index % 10, background, index), width, height)
    const path = join(folder, `${width}-${index}.jpg`)
    await writeFile(path, await encodeJpeg(photo, width, height))
    paths.push(path)
  }
  return paths
}

/** By repeating pixels: how it looks does not matter for how long it takes. */
function enlarge(photo: Uint8Array, width: number, height: number): Uint8Array {
  const large = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const source =
        Math.floor((y * SAMPLE_HEIGHT) / height) * SAMPLE_WIDTH + Math.floor((x * SAMPLE_WIDTH) / width)
      for (let c = 0; c < 3; c++) large[(y * width + x) * 3 + c] = photo[source * 3 + c] ?? 0
    }
  return large
}

async function measureOneByOne(
  paths: readonly string[],
  count: number,
  answer: (path: string) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    const start = performance.now()
    await answer(paths[index % paths.length] ?? '')
    times.push(performance.now() - start)
  }
  return times.sort((one, other) => one - other)
}

async function measureTogether(
  paths: readonly string[],
  count: number,
  answer: (path: string) => Promise<unknown>,
): Promise<number> {
  const start = performance.now()
  const rest = Array.from({ length: count }, (_, index) => paths[index % paths.length] ?? '').values()
  const lane = async (): Promise<void> => {
    for (const path of rest) await answer(path)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return (1000 * count) / (performance.now() - start)
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** The most resident memory of any of the processes, in MB; 0 where the system does not tell. */
function peakOf(pids: readonly number[]): number {
  if (process.platform !== 'linux') return 0
  const peaks = pids.map((pid) => {
    const [, kilobytes = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1000
  })
  return Math.max(...peaks)
}

function print(figures: Readonly<Record<string, string | number>>): void {
  const rounded = Object.entries(figures).map(([name, value]) => [
    name,
    typeof value === 'number' ? Math.round(value * 10) / 10 : value,
  ])
  process.stdout.write(`${JSON.stringify(Object.fromEntries(rounded))}\n`)
}

try {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { run: text, home: text, count: text }, strict: true })
  if (values.run === undefined)
    throw new Error('Name a run: node src-main/bench-photo-times.ts --run ID [--home DIR]')
  await bench(values.run, values.home, Number(values.count ?? 100))
  process.exitCode = EXIT_DONE
} catch (error) {
  process.stderr.write(`${describeFailure(error).message}\n`)
  process.exitCode = EXIT_REFUSED
}
