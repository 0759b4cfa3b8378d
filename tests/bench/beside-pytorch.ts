// The engine simd beside PyTorch on the same processor and threads, in turns, as Markdown tables of medians and ratios:
//   node tests/bench/beside-pytorch.ts [--rounds 3] [--threads 2] [--only networks|epochs] [--data DIR] [--python /usr/bin/python3]
// Needs Debian's python3-torch. Take figures on a machine where nothing else runs: PyTorch's threads wait for each other in
// loops, and lose far more than their share to any other program.
import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'

const HERE = import.meta.dirname
const text = (preset: string) => ({ type: 'string', default: preset }) as const
const { values: flags } = parseArgs({
  options: {
    rounds: text('3'),
    threads: text('2'),
    only: text(''),
    data: text(resolve(HERE, '../../../shared/data/fashion-mnist')),
    python: text('/usr/bin/python3'),
  },
})

/** Batch, images a round, channels, side, colours, dropout: the paper's TinyVGG, wider ones, and those for photos. */
const NETWORKS = [
  [32, 6400, 10, 28, 1, 0],
  [128, 6400, 10, 28, 1, 0],
  [32, 3200, 16, 28, 1, 0.3],
  [32, 1600, 32, 28, 1, 0.3],
  [32, 960, 16, 64, 3, 0.3],
  [32, 480, 32, 64, 3, 0.3],
  [128, 512, 32, 64, 3, 0.3],
] as const

type Figures = Readonly<Record<string, number>>

async function run(program: string, words: readonly string[]): Promise<Figures> {
  const { stdout } = await promisify(execFile)(program, [...words], { maxBuffer: 2 ** 20 })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Figures
}

const ours = (words: readonly string[]) => run(process.execPath, [join(HERE, 'our-side.ts'), ...words])
const theirs = (words: readonly string[]) => run(flags.python, [join(HERE, 'torch_peer.py'), ...words])

/** Both in turns, so that a machine that slows down slows down both; the median of each. */
async function compare(
  words: readonly string[],
  figure: string,
): Promise<{ ours: number; theirs: number; last: Figures[] }> {
  const found: { readonly ours: Figures; readonly theirs: Figures }[] = []
  for (let round = 0; round < Number(flags.rounds); round++)
    found.push({ ours: await ours(words), theirs: await theirs(words) })
  const of = (side: 'ours' | 'theirs') => median(found.map((both) => both[side][figure] ?? Number.NaN))
  const last = found.at(-1)
  return { ours: of('ours'), theirs: of('theirs'), last: last === undefined ? [] : [last.ours, last.theirs] }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const print = (...cells: readonly string[]): void => void process.stdout.write(`| ${cells.join(' | ')} |\n`)

if (flags.only !== 'epochs') {
  print('training, threads: ' + flags.threads, 'batch', 'simd, images/s', 'PyTorch, images/s', 'ratio')
  print('---', '---', '---', '---', '---')
  for (const sizes of NETWORKS) {
    const [batch, , channels, side, colours, dropout] = sizes
    const both = await compare(['network', flags.threads, ...sizes.map(String)], 'imagesPerSecond')
    const name = `TinyVGG, ${channels} channels, ${side} x ${side} x ${colours}, dropout ${dropout}`
    print(
      name,
      String(batch),
      both.ours.toFixed(0),
      both.theirs.toFixed(0),
      (both.ours / both.theirs).toFixed(2),
    )
  }
}
if (flags.only !== 'networks') {
  const { ours: mine, theirs: peer, last } = await compare(['epochs', flags.threads, flags.data], 'seconds')
  const [own, other] = last.map(({ accuracy = Number.NaN }) => `${(100 * accuracy).toFixed(2)} %`)
  print('three epochs, real data, with their test passes', 'seconds', 'test accuracy')
  print('---', '---', '---')
  print('simd', mine.toFixed(1), own ?? '')
  print('PyTorch with its data loader', peer.toFixed(1), other ?? '')
  print('ratio', (peer / mine).toFixed(2), '')
}
