// How threads share a phase: whoever is free takes the next piece. The claim is one 64-bit word {phase number, pieces
// left}, so that a thread which slept through a phase can never take a piece of the wrong one.
import { pieceCount, runPiece } from './program'

// Bytes of the control block, each on its own cache line. It begins as zeros.
const CLAIM: usize = 0
const PHASE: usize = 64
const FINISHED: usize = 128
const ANNOUNCED: usize = 192
const SLEEPERS: usize = 256
const CLOSED: usize = 320
const LEADER_WAITS: usize = 384
/** The first thread's heartbeat; those of the others follow, each on its own cache line. */
const HEARTBEATS: usize = 448
const CACHE_LINE: usize = 64
/** As many as machine.ts has room for. */
const THREADS: usize = 64

/** Looks at shared memory before a thread goes to sleep: about a tenth of a millisecond. */
const SPINS = 100000
/** Of a millisecond. */
const NANOSECONDS: i64 = 1_000_000
/** Takes pieces of phase `number` until none is left. */
function takePieces(control: usize, number: i32, thread: i32): void {
  for (;;) {
    const claim = atomic.load<i64>(control, CLAIM)
    if (<i32>(claim >> 32) != number) return
    const left = <i32>claim
    if (left == 0) return
    if (atomic.cmpxchg<i64>(control, claim, claim - 1, CLAIM) != claim) continue
    // From here the phase cannot end before this piece has, so its description stays.
    const phase = atomic.load<usize>(control, PHASE)
    const pieces = pieceCount(phase)
    runPiece(phase, pieces - left, thread, control + HEARTBEATS + <usize>thread * CACHE_LINE)
    const finished = atomic.add<i32>(control, 1, FINISHED) + 1
    if (finished == pieces && atomic.load<i32>(control, LEADER_WAITS)) atomic.notify(control + FINISHED, 1)
  }
}

/** Changes with every item that any thread has finished. */
function sumHeartbeats(control: usize): i32 {
  let sum = 0
  for (let thread: usize = 0; thread < THREADS; thread++) {
    sum += atomic.load<i32>(control + thread * CACHE_LINE, HEARTBEATS)
  }
  return sum
}

/**
 * Runs one phase to its end with whatever threads listen. Returns 0, or 1 when another thread has stopped answering: when
 * the leading thread has waited `patience` milliseconds for others that made no progress.
 */
export function runPhase(control: usize, phase: usize, patience: i32): i32 {
  const number = atomic.load<i32>(control, ANNOUNCED) + 1
  const pieces = pieceCount(phase)
  atomic.store<usize>(control, phase, PHASE)
  atomic.store<i32>(control, 0, FINISHED)
  atomic.store<i64>(control, ((<i64>number) << 32) | (<i64>pieces), CLAIM)
  atomic.store<i32>(control, number, ANNOUNCED)
  if (pieces > 1 && atomic.load<i32>(control, SLEEPERS)) atomic.notify(control + ANNOUNCED, -1)
  takePieces(control, number, 0)
  for (let spin = 0; spin < SPINS; spin++) {
    if (atomic.load<i32>(control, FINISHED) == pieces) return 0
  }
  atomic.store<i32>(control, 1, LEADER_WAITS)
  let finished = atomic.load<i32>(control, FINISHED)
  let heartbeats = sumHeartbeats(control)
  let result = 0
  while (finished < pieces) {
    const outcome = atomic.wait<i32>(control + FINISHED, finished, <i64>patience * NANOSECONDS)
    const now = atomic.load<i32>(control, FINISHED)
    const beatsNow = sumHeartbeats(control)
    if (outcome == 2 && now == finished && beatsNow == heartbeats) {
      result = 1
      break
    }
    finished = now
    heartbeats = beatsNow
  }
  atomic.store<i32>(control, 0, LEADER_WAITS)
  return result
}

/** The life of every other thread: takes pieces of each phase announced, until the engine is closed. */
export function serve(control: usize, thread: i32): void {
  let seen = 0
  while (!atomic.load<i32>(control, CLOSED)) {
    const number = atomic.load<i32>(control, ANNOUNCED)
    if (number != seen) {
      seen = number
      takePieces(control, number, thread)
      continue
    }
    let spin = 0
    while (spin < SPINS && atomic.load<i32>(control, ANNOUNCED) == seen) spin++
    if (spin < SPINS) continue
    atomic.add<i32>(control, 1, SLEEPERS)
    atomic.wait<i32>(control + ANNOUNCED, seen, -1)
    atomic.sub<i32>(control, 1, SLEEPERS)
  }
}

/** Tells all threads to end, asleep or not. */
export function close(control: usize): void {
  atomic.store<i32>(control, 1, CLOSED)
  atomic.add<i32>(control, 1, ANNOUNCED)
  atomic.notify(control + ANNOUNCED, -1)
}
