// atelier export-model: a run's newest weights as a file for other programs.
import { dirname, join, resolve } from 'node:path'
import { Failure } from '#shared/failure.ts'
import { MODEL_FORMATS, type ModelFormat } from '#shared/model-format.ts'
import { DatasetLibrary } from '../../datasets/dataset-library.ts'
import { buildDescriber } from '../../datasets/describe-dataset.ts'
import { GENERATED_DATASETS } from '../../datasets/generated-datasets.ts'
import { exportModel } from '../../exports/export-model.ts'
import type { ExportedFile } from '../../exports/exported-model.ts'
import { openModel } from '../../exports/open-model.ts'
import { nameRunFile } from '../../exports/pack-model.ts'
import { writeFileAtomically } from '../../files/atomic-write.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { readVersion } from '../../version.ts'
import { withReader } from '../open-history.ts'
import { readOne } from '../positionals.ts'
import { textFlag } from '../text-flag.ts'
import { type Arguments, EXIT_DONE, type Verb } from '../verb.ts'

export const exportModelVerb: Verb = {
  name: 'export-model',
  usage: 'ID [--format onnx|tfjs|safetensors] [--to PATH]',
  summary: "Write a run's newest weights for other programs.",
  flags: {
    format: { value: 'NAME', help: 'onnx (opset 17, the default), tfjs (a folder) or safetensors.' },
    to: { value: 'PATH', help: 'The file, or for tfjs the folder; a name made of the run unless told.' },
  },
  async run(input, context) {
    const id = readOne('run id', input)
    const format = readFormat(input)
    const { home, terminal } = context
    const library = new DatasetLibrary({ directory: home.datasets, generated: GENERATED_DATASETS })
    const describe = buildDescriber(library)
    const model = await withReader(context, (store) =>
      openModel({ store, home, describe, version: readVersion() }, id),
    )
    const files = exportModel(model, format)
    const paths = placeFiles(files, textFlag(input, 'to'), nameRunFile(model.run))
    for (const [path, { bytes }] of paths) {
      await makeFolder(dirname(path))
      await writeFileAtomically(path, bytes)
    }
    const written = paths.map(([path, { bytes }]) => ({ file: path, bytes: bytes.length }))
    if (terminal.json)
      terminal.print(JSON.stringify({ runId: model.run.id, epoch: model.epoch, format, written }))
    else for (const { file, bytes } of written) terminal.print(`${file}  ${bytes.toLocaleString('en')} bytes`)
    return EXIT_DONE
  },
}

function readFormat(input: Arguments): ModelFormat {
  const name = textFlag(input, 'format') ?? 'onnx'
  const format = MODEL_FORMATS.find((candidate) => candidate === name)
  if (format !== undefined) return format
  throw new Failure(
    'invalid-setting',
    `--format ${name} is not known: use one of ${MODEL_FORMATS.join(', ')}.`,
  )
}

/** One file goes to the path itself; several go into the folder of that name. */
function placeFiles(
  files: readonly ExportedFile[],
  to: string | null,
  name: string,
): readonly (readonly [string, ExportedFile])[] {
  const [only, ...others] = files
  if (only === undefined || others.length > 0) {
    return files.map((file) => [join(resolve(to ?? name), file.name), file])
  }
  return [[resolve(to ?? `${name}${only.name.slice(only.name.lastIndexOf('.'))}`), only]]
}
