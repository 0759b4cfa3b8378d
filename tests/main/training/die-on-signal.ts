// Loaded into a trainer process before everything else: with SIGUSR2 it dies in the way that ATELIER_TEST_DEATH names.

const DEATHS: Readonly<Record<string, () => void>> = {
  SIGKILL: () => process.kill(process.pid, 'SIGKILL'),
  SIGSEGV: () => process.kill(process.pid, 'SIGSEGV'),
  SIGABRT: () => process.abort(),
  exit: () => process.exit(3),
  throw: () => setImmediate(throwIt),
  heap: () => fillHeap(),
}

process.once('SIGUSR2', () => DEATHS[process.env['ATELIER_TEST_DEATH'] ?? '']?.())

function throwIt(): never {
  throw new Error('thrown where nobody catches it')
}

/** Until V8 has no more of the little that its flags leave it. */
function fillHeap(): void {
  const kept: unknown[] = []
  for (;;) kept.push(new Array<unknown>(1000).fill({}))
}

export {}
