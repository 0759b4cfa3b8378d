// atelier data: what there is to train on, and how to get more.
import type { Backend } from '../../backend.ts'
import type { DatasetEntry } from '../../datasets/dataset-entry.ts'
import type { AddOptions, DatasetLibrary } from '../../datasets/dataset-library.ts'
import type { DatasetProgress } from '../../datasets/stored-datasets.ts'
import { Failure } from '#shared/failure.ts'
import { PHOTO_FORMS, type PhotoForm } from '#shared/photo-dataset.ts'
import { addPhotoFolder } from '../../photos/add-photo-folder.ts'
import { Decoders } from '../../photos/decoders.ts'
import { refuseOtherFlags } from '../action-flags.ts'
import { grouped, megabytes } from '../numbers.ts'
import { handleMarks, MARK_FLAGS } from '../data-marks.ts'
import { inspectData, QUALITY_FLAGS } from '../data-quality.ts'
import { withBackend } from '../open-history.ts'
import { readOne, refusePositionals } from '../positionals.ts'
import { renderTable } from '../text-table.ts'
import { textFlag } from '../text-flag.ts'
import { type Arguments, type Context, EXIT_DONE, type Terminal, type Verb } from '../verb.ts'

interface Action {
  /** The flags that it reads. */
  readonly flags: readonly string[]
  run(backend: Backend, input: Arguments, context: Context): Promise<void>
}

const ACTIONS: Readonly<Record<string, Action>> = {
  list: onLibrary(list),
  add: onLibrary(add, ['id', 'name', 'photos']),
  download: onLibrary(download, ['from']),
  verify: onLibrary(verify),
  remove: onLibrary(remove),
  quality: { flags: Object.keys(QUALITY_FLAGS), run: inspectData },
  marks: { flags: ['data', ...Object.keys(MARK_FLAGS)], run: handleMarks },
}

function onLibrary(
  action: (library: DatasetLibrary, input: Arguments, context: Context) => Promise<void>,
  flags: readonly string[] = [],
): Action {
  return { flags, run: ({ datasets }, input, context) => action(datasets, input, context) }
}

export const dataVerb: Verb = {
  name: 'data',
  usage: 'list | add DIR | download|verify|remove|quality|marks ID',
  summary: 'List, add, download, verify and remove datasets; find faults in them.',
  flags: {
    id: { value: 'ID', help: 'With add: what to call the dataset in flags.' },
    name: { value: 'TEXT', help: 'With add: what to call the dataset for people.' },
    photos: {
      value: 'FORM',
      help: 'With add: DIR has a folder of photos for each class; make them grey (28 x 28) or colour (64 x 64).',
    },
    from: { value: 'URL', help: 'With download: a folder on the web to take the files from.' },
    ...QUALITY_FLAGS,
    ...MARK_FLAGS,
  },
  async run(input, context) {
    const [name = 'list', ...positionals] = input.positionals
    const action = ACTIONS[name]
    if (action === undefined) {
      const known = Object.keys(ACTIONS).join(', ')
      throw new Failure('invalid-setting', `"data" cannot ${JSON.stringify(name)}. Choose one of: ${known}.`)
    }
    refuseOtherFlags(`data ${name}`, input, action.flags)
    await withBackend(context, (backend) => action.run(backend, { ...input, positionals }, context))
    return EXIT_DONE
  },
}

async function list(library: DatasetLibrary, input: Arguments, { terminal }: Context): Promise<void> {
  refusePositionals({ name: 'data list' }, input)
  const entries = await library.list()
  if (terminal.json) for (const entry of entries) terminal.print(JSON.stringify(entry))
  else {
    const rows = entries.map((entry) => [entry.id, entry.state, describeEntry(entry)])
    for (const line of renderTable([['Id', 'State', ''], ...rows], [0, 1, 2])) terminal.print(line)
  }
}

function describeEntry(entry: DatasetEntry): string {
  switch (entry.state) {
    case 'installed': {
      const images = `${grouped(entry.trainCount)} training and ${grouped(entry.testCount)} test images`
      return `${entry.name}: ${images}, ${megabytes(entry.bytes)}, content ${entry.hash.slice(0, 12)}`
    }
    case 'generated':
      return `${entry.name}: drawn by Atelier, always there`
    case 'available':
      return `${entry.name}: ${megabytes(entry.downloadBytes)} to download, ${entry.licence}`
    case 'damaged':
      return entry.reason
    default:
      return entry satisfies never
  }
}

async function add(library: DatasetLibrary, input: Arguments, { terminal, signal }: Context): Promise<void> {
  const folder = readOne('folder', input)
  const id = textFlag(input, 'id') ?? undefined
  const name = textFlag(input, 'name') ?? undefined
  const options = { id, name, signal, onProgress: tellProgress(terminal) }
  const form = readForm(input)
  if (form === null) tell(terminal, await library.add(folder, options), 'Added')
  else await addPhotos(library, folder, form, options, terminal)
}

/** Files that could not be used are told on stderr, after what was made of the others. */
async function addPhotos(
  library: DatasetLibrary,
  folder: string,
  form: PhotoForm,
  options: AddOptions,
  terminal: Terminal,
): Promise<void> {
  const decoders = new Decoders()
  try {
    const { entry, leftOut } = await addPhotoFolder(library, decoders, folder, form, options)
    tell(terminal, entry, 'Added')
    for (const { file, reason } of leftOut) terminal.note(`Left out ${file}: ${reason}`)
  } finally {
    decoders.close()
  }
}

function readForm(input: Arguments): PhotoForm | null {
  const text = textFlag(input, 'photos')
  const form = PHOTO_FORMS.find((one) => one === text) ?? null
  if (form !== null || text === null) return form
  throw new Failure(
    'invalid-setting',
    `photos: expected ${PHOTO_FORMS.join(' or ')}, found ${JSON.stringify(text)}.`,
  )
}

async function download(
  library: DatasetLibrary,
  input: Arguments,
  { terminal, signal }: Context,
): Promise<void> {
  const id = readOne('dataset id', input)
  const baseUrl = textFlag(input, 'from') ?? undefined
  const entry = await library.download(id, { baseUrl, signal, onProgress: tellProgress(terminal) })
  tell(terminal, entry, 'Installed')
}

async function verify(library: DatasetLibrary, input: Arguments, { terminal }: Context): Promise<void> {
  const id = readOne('dataset id', input)
  const hash = await library.verify(id)
  terminal.print(
    terminal.json ? JSON.stringify({ type: 'verified', id, hash }) : `${id} is as it was installed: ${hash}`,
  )
}

async function remove(library: DatasetLibrary, input: Arguments, { terminal }: Context): Promise<void> {
  const id = readOne('dataset id', input)
  await library.remove(id)
  terminal.print(terminal.json ? JSON.stringify({ type: 'removed', id }) : `Removed ${id}.`)
}

function tell(terminal: Terminal, entry: DatasetEntry, done: string): void {
  terminal.status('')
  terminal.print(terminal.json ? JSON.stringify(entry) : `${done} ${entry.id}. ${describeEntry(entry)}`)
}

function tellProgress(terminal: Terminal): (progress: DatasetProgress) => void {
  return ({ activity, file, done, total }) => {
    terminal.status(
      activity === 'preparing'
        ? `preparing ${grouped(done)} of ${grouped(total)} photos`
        : `${activity} ${file}: ${megabytes(done)} of ${megabytes(total)}`,
    )
  }
}
