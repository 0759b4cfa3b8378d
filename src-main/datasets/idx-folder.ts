// A folder with four IDX files, and perhaps a list of class names, read as one dataset. A known dataset is recognised
// by its content, whatever its files are called.
import { basename, resolve } from 'node:path'
import { checkClassNames, checkText, MAX_CLASSES, readClassNames } from './class-names.ts'
import { hashDataset, type DatasetContent, type HashedDataset } from './content-hash.ts'
import { datasetIdFrom, parseDatasetId } from './dataset-id.ts'
import type { KnownDataset } from './known-datasets.ts'
import { checkLabels, findQuartet, readQuartet, type Quartet } from './quartet.ts'

/** What the user says of a folder; what is left out is found in it, by its content or by its name. */
export interface FolderOptions {
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly classNames?: readonly string[] | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads a dataset from a folder, plain or packed by gzip.
 * Class names are those given, else those in class-names.txt or labels.txt, else the known dataset's, else 'Class 0' ...
 * @throws Failure that names the file or setting, what was expected and what was found
 */
export async function readIdxFolder(
  folder: string,
  known: readonly KnownDataset[],
  options: FolderOptions = {},
): Promise<HashedDataset> {
  const quartet = await findQuartet(folder)
  const content = await readQuartet(quartet, options.signal)
  const hash = hashDataset(content)
  const recognised = known.find((candidate) => candidate.hash === hash)
  const classNames = (await chooseClassNames(folder, options, recognised)) ?? numberClasses(content, quartet)
  checkLabels(content.train.labels, classNames.length, quartet.trainLabels)
  checkLabels(content.test.labels, classNames.length, quartet.testLabels)
  const folderName = basename(resolve(folder))
  const id = options.id ?? recognised?.id ?? datasetIdFrom(folderName)
  const name = options.name ?? recognised?.name ?? folderName
  return {
    ...content,
    id: parseDatasetId(id),
    name: checkText(name, 'dataset name'),
    generated: false,
    classNames,
    hash,
  }
}

async function chooseClassNames(
  folder: string,
  options: FolderOptions,
  recognised: KnownDataset | undefined,
): Promise<readonly string[] | null> {
  if (options.classNames) return checkClassNames(options.classNames, 'class names')
  return (await readClassNames(folder)) ?? recognised?.classNames ?? null
}

/** 'Class 0' and so on, as many as the labels need. */
function numberClasses(content: DatasetContent, quartet: Quartet): readonly string[] {
  const used = new Uint8Array(MAX_CLASSES)
  for (const { labels } of [content.train, content.test]) for (const label of labels) used[label] = 1
  const names = Array.from({ length: used.lastIndexOf(1) + 1 }, (_, label) => `Class ${label}`)
  return checkClassNames(names, quartet.trainLabels)
}
