// Tries to lock and to open a history on a disk that cannot be written. Prints the two refusals as one JSON object.
import { describeFailure } from '#shared/failure.ts'
import { lockHome } from '#main/store/home-lock.ts'
import { openStore } from '#main/store/open-store.ts'

const directory = process.argv[2] ?? ''

async function refusalOf(work: () => unknown) {
  try {
    await work()
    return null
  } catch (error) {
    return describeFailure(error)
  }
}

const lock = await refusalOf(() => lockHome(directory, 'test'))
const store = await refusalOf(() => openStore({ directory }))
process.stdout.write(`${JSON.stringify({ lock, store })}\n`)
