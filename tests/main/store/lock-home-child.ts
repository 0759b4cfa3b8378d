// Takes a data folder and keeps it until it is killed; says 'locked' or the refusal. Argument: the data folder.
import { describeFailure } from '#shared/failure.ts'
import { lockHome } from '#main/store/home-lock.ts'

try {
  lockHome(process.argv[2] ?? '', 'test')
  process.stdout.write('locked\n')
  setInterval(() => undefined, 1000)
} catch (error) {
  process.stdout.write(`${JSON.stringify(describeFailure(error))}\n`)
}
