// How long the leading thread waits for another: as long as it goes on, and not for ever when it has died.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import { buildKernels } from '#main/build-kernels.ts'
import { clear } from '#shared/simd/instructions/arranging.ts'
import { addFilterGradientOfEntries } from '#shared/simd/instructions/entries.ts'
import { Machine, type ThreadStart } from '#shared/simd/machine.ts'
import { atAddress, inArena, inSlice, phaseBytes, type Phase } from '#shared/simd/program.ts'
import { compileKernels } from '#shared/simd/web-assembly.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const THREAD = resolve(ROOT, 'src-main/engines/simd-thread.ts')

const BYTES = 2 ** 22

/** A machine with one thread beside this one. */
async function startMachine(patienceMs: number): Promise<Machine> {
  await buildKernels()
  const module = compileKernels(await readFile(resolve(ROOT, 'out/simd/kernels.wasm')))
  const machine = new Machine(module, 2, spawnThread, patienceMs)
  onTestFinished(() => machine.close())
  return machine
}

function spawnThread(start: ThreadStart): { terminate(): void } {
  const worker = new Worker(THREAD, { workerData: start, execArgv: [] })
  worker.on('error', () => 'the leading thread finds out')
  return { terminate: () => void worker.terminate() }
}

/** A phase in which every thread clears its scratch memory; the other thread's lies `arenaBytes` behind this one's. */
function writeClearing(machine: Machine, arenas: number, arenaBytes: number): number {
  const bases = machine.allocator.allocate(4)
  machine.words(bases, 1).fill(0)
  const phase: Phase = {
    ...{ kind: 'items', items: 8, itemsPerPiece: 1 },
    ...{ prologue: [], body: [clear(inArena(0), BYTES)] },
  }
  const pointer = machine.allocator.allocate(phaseBytes(phase))
  machine.writePhase(pointer, phase, { bases, arenas, arenaBytes, slices: 0, sliceBytes: 0, rows: 0 })
  return pointer
}

/** Until the other thread has taken part, and sleeps again. */
async function awaitThread(machine: Machine): Promise<void> {
  const arenas = machine.allocator.allocate(2 * BYTES)
  const clearing = writeClearing(machine, arenas, BYTES)
  const ofOther = machine.words(arenas + BYTES, 1).fill(1)
  const clearAndLook = (): number | undefined => {
    machine.runWritten(clearing)
    return ofOther[0]
  }
  await expect.poll(clearAndLook, { timeout: 10_000 }).toBe(0)
  await setTimeout(50)
}

test('a thread that works longer than the patience is waited for while it goes from item to item', async () => {
  const machine = await startMachine(200)
  await awaitThread(machine)
  // The first piece has nothing to add: this thread takes it and is done at once. The other has much.
  const [items, entries, filterRows] = [400, 40_000, 16]
  const sliceBytes = 4 * (32 * filterRows + 4)
  const block = (words: number): number => machine.allocator.allocate(4 * words)
  const places = { input: block(32), counts: block(2 * items), entries: block(2 * entries) }
  machine.words(places.input, 32).fill(0)
  machine.words(places.counts, 2 * items).fill(0, 0, items)
  machine.words(places.counts, 2 * items).fill(entries, items)
  const pixelsAndValues = Array.from({ length: 2 * entries }, (_, index) => index % 2)
  new Float32Array(machine.memory.buffer, places.entries, 2 * entries).set(pixelsAndValues)
  const slices = block((2 * sliceBytes) / 4)
  const operands = {
    ...{ input: atAddress(places.input), entries: atAddress(places.entries) },
    ...{ counts: atAddress(places.counts, 4), filter: inSlice(16), bias: inSlice(0) },
  }
  const add = addFilterGradientOfEntries(operands, {
    ...{ channels: 1, capacity: entries, pitch: { pixelBytes: 0, rowBytes: 0 }, filterRows, rowVectors: 8 },
  })
  const prologue = [clear(inSlice(0), sliceBytes)]
  machine.run([{ kind: 'items', items: 2 * items, itemsPerPiece: items, prologue, body: [add] }], {
    ...{ slices, sliceBytes },
  })
  expect(new Float32Array(machine.memory.buffer, slices + sliceBytes, 1)[0]).toBe(items * entries)
})

test('a thread that dies in the middle of its work closes the engine', async () => {
  const machine = await startMachine(200)
  await awaitThread(machine)
  const clearing = writeClearing(machine, machine.allocator.allocate(BYTES), 2 ** 31 - BYTES)
  const run = (): void => machine.runWritten(clearing)
  // The other thread's scratch memory is no memory: it dies of the first piece that it takes.
  expect(() => Array.from({ length: 1000 }, run)).toThrow('A thread of the simd engine has stopped answering')
  expect(run).toThrow('The simd engine is closed')
})
