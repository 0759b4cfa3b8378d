// Installs a dataset, replaces it by the same content, removes it and goes on with the next, until it is killed.
// Says what it is about to do, so that whoever kills it knows what must be left.
import { openDatasetLibrary } from '#main/datasets/dataset-library.ts'

const [directory = '', ...folders] = process.argv.slice(2)
const library = await openDatasetLibrary({ directory, generated: [], known: [] })
for (;;) {
  for (const folder of folders) {
    process.stdout.write('removing\n')
    if ((await library.list()).length > 0) await library.remove('set')
    process.stdout.write('adding\n')
    await library.add(folder, { id: 'set' })
    process.stdout.write('replacing\n')
    await library.add(folder, { id: 'set' })
    await library.add(folder, { id: 'set' })
  }
}
