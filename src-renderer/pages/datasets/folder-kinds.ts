// What a folder that is added may hold, in words.
import { COLOUR_SIDE, type PhotoForm } from '#shared/photo-dataset.ts'

export type FolderKind = 'idx' | PhotoForm

const SPLITS =
  'Where there are two folders train and test above the classes, they are taken as such; otherwise one photo in five is kept for the test.'

export const FOLDER_KINDS: readonly {
  readonly value: FolderKind
  readonly label: string
  readonly help: string
  readonly placeholder: string
}[] = [
  {
    value: 'idx',
    label: 'IDX files',
    help: 'The four files of an image dataset, packed (.gz) or not. Names of classes are read from class-names.txt or labels.txt, one a line.',
    placeholder: '/path/to/fashion-mnist',
  },
  {
    value: 'grey',
    label: 'Photos, grey',
    help: `A folder of photos for each class, called like it. Each is cut out and prepared to 28 × 28 as on the Classify page, so that runs on them judge photos. ${SPLITS}`,
    placeholder: '/path/to/my-classes',
  },
  {
    value: 'colour',
    label: 'Photos, in colours',
    help: `A folder of photos for each class, called like it. Each is shrunk to ${COLOUR_SIDE} × ${COLOUR_SIDE} on white, as CNN Explainer’s TinyVGG has them; runs on them do not judge photos on the Classify page. ${SPLITS}`,
    placeholder: '/path/to/my-classes',
  },
]
