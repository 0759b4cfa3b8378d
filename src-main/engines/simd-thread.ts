// The whole script of a worker thread of the engine 'simd'.
import { workerData } from 'node:worker_threads'
import type { ThreadStart } from '#shared/simd/machine.ts'
import { serveThread } from '#shared/simd/thread.ts'

serveThread(workerData as ThreadStart)
