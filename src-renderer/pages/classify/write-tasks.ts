// What can be written into a folder, in the words of its dialog, and the call that does it.
import type { Client } from '#shared/client.ts'
import type { PhotoBatch } from '#shared/photo-batch.ts'

export type WriteTask = 'folders' | 'csv' | 'idx' | 'by-answer' | 'by-label'

export type Written = Awaited<ReturnType<Client['photos']['sort']>>

export const TASK_WORDS: Readonly<Record<WriteTask, { readonly title: string; readonly what: string }>> = {
  folders: {
    title: 'Labelled photos as folders',
    what: 'The 28×28 inputs of the labelled photos as PNG, in a folder for each class. The folder has to be new or empty.',
  },
  csv: {
    title: 'Labelled photos as CSV',
    what: 'One line for each labelled photo: its class and its 784 pixels. The folder has to be new or empty.',
  },
  idx: {
    title: 'Labelled photos as IDX files',
    what: 'The four files of a dataset, which the Datasets page can add. The folder has to be new or empty.',
  },
  'by-answer': {
    title: 'Photos sorted by answer',
    what: 'Copies of the original photos in a folder for each class that was answered. Nothing is moved, nothing overwritten.',
  },
  'by-label': {
    title: 'Photos sorted by label',
    what: 'Copies of the labelled photos in a folder for each label. Nothing is moved, nothing overwritten.',
  },
}

export function write(
  client: Client,
  { id: batchId, runs }: PhotoBatch,
  task: WriteTask,
  folder: string,
): Promise<Written> {
  const runId = runs[0]?.runId ?? ''
  switch (task) {
    case 'folders':
    case 'csv':
    case 'idx':
      return client.photos.exportLabelled({ batchId, folder, format: task })
    case 'by-answer':
      return client.photos.sort({ batchId, folder, runId, by: 'predicted' })
    case 'by-label':
      return client.photos.sort({ batchId, folder, runId, by: 'labelled' })
    default:
      return task satisfies never
  }
}
