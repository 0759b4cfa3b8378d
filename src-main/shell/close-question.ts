// The question before training is ended by closing the window. Nothing goes on in the background unseen: the choice is
// to stop, which keeps every finished epoch, or to stay.
import type { ShellDialog } from './electron.ts'
import type { TrainingState } from './training-watch.ts'

const STOP = 0
const STAY = 1

/** Whether to end; asks only while a run trains or is paused. */
export async function mayEnd(
  dialog: ShellDialog,
  { current, isPaused, waiting }: TrainingState,
): Promise<boolean> {
  if (current === null) return true
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Atelier',
    message: isPaused ? 'A run is paused in the middle of its training.' : 'A run is training.',
    detail: `Its finished epochs are saved, and it can be resumed later.${describeWaiting(waiting)}`,
    buttons: ['Stop and Quit', 'Cancel'],
    defaultId: STAY,
    cancelId: STAY,
    noLink: true,
  })
  return response === STOP
}

function describeWaiting(waiting: number): string {
  if (waiting === 0) return ''
  const runs = waiting === 1 ? '1 run that waits stays' : `${waiting} runs that wait stay`
  return ` The ${runs} in the queue for the next start.`
}
