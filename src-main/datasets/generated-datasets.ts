// The datasets that Atelier draws itself; their code is loaded when one is drawn.
import type { GeneratedDataset } from './dataset-library.ts'

export const GENERATED_DATASETS: readonly GeneratedDataset[] = [
  {
    id: 'sketches',
    name: 'Sketches (generated)',
    generate: async () => (await import('#shared/core/datasets/sketches.ts')).generateSketches(),
  },
]
