// What a comparison shows, as it stands in the address: which runs, against which baseline, and how they are seen.
// Plain text both ways, so that an address can be shared, kept and come back to.

export const EPOCH_CHOICES = ['last', 'best'] as const
/** The last epoch, the best by the split that may choose, or one by its number. */
export type EpochChoice = (typeof EPOCH_CHOICES)[number] | number

export const CURVE_AXES = ['epoch', 'step', 'time'] as const
export type CurveAxis = (typeof CURVE_AXES)[number]

export const CURVE_METRICS = [
  'validationAccuracy',
  'validationLoss',
  'trainAccuracy',
  'trainLoss',
  'testAccuracy',
  'testLoss',
] as const
export type CurveMetric = (typeof CURVE_METRICS)[number]

export interface ComparisonView {
  readonly runIds: readonly string[]
  /** One of the runs; null means the first. */
  readonly baseline: string | null
  /** Every setting, not only those that differ. */
  readonly showsAll: boolean
  /** Runs are rows, not columns. */
  readonly isTurned: boolean
  readonly epoch: EpochChoice
  readonly axis: CurveAxis
  readonly metric: CurveMetric
  /** What curves share a look by: each run, everything but the seed, or the name of a setting. */
  readonly groupedBy: string
  /** The run that is held against the baseline image by image; null means the first other one. */
  readonly against: string | null
  /** The saved comparison that this is; null when it is not kept. */
  readonly savedId: string | null
}

export const BY_RUN = 'run'
export const BY_SETTING = 'setting'

export const EMPTY_VIEW: ComparisonView = {
  ...{ runIds: [], baseline: null, showsAll: false, isTurned: false, epoch: 'last', axis: 'epoch' },
  ...{ metric: 'validationAccuracy', groupedBy: BY_RUN, against: null, savedId: null },
}

/** What is not understood is left at its default. */
export function readView(parameters: URLSearchParams): ComparisonView {
  const runIds = [...new Set((parameters.get('runs') ?? '').split(',').filter((id) => id !== ''))]
  const among = (name: string): string | null => {
    const id = parameters.get(name)
    return id !== null && runIds.includes(id) ? id : null
  }
  return {
    runIds,
    baseline: among('baseline'),
    showsAll: parameters.get('settings') === 'all',
    isTurned: parameters.get('columns') === 'settings',
    epoch: readEpoch(parameters.get('epoch')),
    axis: CURVE_AXES.find((axis) => axis === parameters.get('axis')) ?? EMPTY_VIEW.axis,
    metric: CURVE_METRICS.find((metric) => metric === parameters.get('metric')) ?? EMPTY_VIEW.metric,
    groupedBy: parameters.get('group') ?? EMPTY_VIEW.groupedBy,
    against: among('against'),
    savedId: parameters.get('saved'),
  }
}

/** Defaults are left out. */
export function writeView(view: ComparisonView): Readonly<Record<string, string>> {
  const { runIds, baseline, against, savedId } = view
  return {
    runs: runIds.join(','),
    baseline: baseline ?? '',
    settings: view.showsAll ? 'all' : '',
    columns: view.isTurned ? 'settings' : '',
    epoch: view.epoch === EMPTY_VIEW.epoch ? '' : String(view.epoch),
    axis: view.axis === EMPTY_VIEW.axis ? '' : view.axis,
    metric: view.metric === EMPTY_VIEW.metric ? '' : view.metric,
    group: view.groupedBy === EMPTY_VIEW.groupedBy ? '' : view.groupedBy,
    against: against ?? '',
    saved: savedId ?? '',
  }
}

/** @param parameters as `writeView` or a saved comparison give them */
export function addressOfComparison(parameters: Readonly<Record<string, string>>): string {
  const kept = Object.entries(parameters).filter(([, value]) => value !== '')
  // Commas are kept as they are: the address is read by people too.
  const text = new URLSearchParams(kept).toString().replaceAll('%2C', ',')
  return text === '' ? '#/compare' : `#/compare?${text}`
}

function readEpoch(text: string | null): EpochChoice {
  const named = EPOCH_CHOICES.find((choice) => choice === text)
  if (named !== undefined) return named
  return text !== null && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : EMPTY_VIEW.epoch
}
