// The router: the contract's calls, each a line or a few in the file of its group. Whoever has a carrier upgrades it
// with this.
import { prepareCalls } from './calls.ts'
import { buildComparisonCalls } from './comparison-calls.ts'
import { buildDatasetCalls } from './dataset-calls.ts'
import { buildEvaluationCalls } from './evaluation-calls.ts'
import { buildEventsCall } from './events-call.ts'
import { buildExperimentCalls } from './experiment-calls.ts'
import { buildExportCalls } from './export-calls.ts'
import type { Host } from './host.ts'
import { buildInspectCalls } from './inspect-calls.ts'
import { buildPaperCalls } from './paper-calls.ts'
import { buildPhotoCalls } from './photo-calls.ts'
import { buildImageCalls } from './image-calls.ts'
import { buildMarkCalls } from './mark-calls.ts'
import { buildQualityCalls } from './quality-calls.ts'
import { buildQueueCalls } from './queue-calls.ts'
import { buildReportCalls } from './report-calls.ts'
import { buildRunCalls } from './run-calls.ts'
import { buildSettingsCalls, buildSystemCalls } from './system-calls.ts'
import { buildTransferCalls } from './transfer-calls.ts'
import { buildViewCalls } from './view-calls.ts'

export type WorkbenchRouter = ReturnType<typeof buildRouter>

export function buildRouter(host: Host) {
  const calls = prepareCalls(host.log)
  return calls.router({
    system: buildSystemCalls(calls, host),
    settings: buildSettingsCalls(calls, host),
    datasets: buildDatasetCalls(calls, host),
    images: buildImageCalls(calls, host),
    inspect: buildInspectCalls(calls, host),
    quality: buildQualityCalls(calls, host),
    marks: buildMarkCalls(calls, host),
    experiments: buildExperimentCalls(calls, host),
    queue: buildQueueCalls(calls, host),
    runs: buildRunCalls(calls, host),
    evaluation: buildEvaluationCalls(calls, host),
    exports: buildExportCalls(calls, host),
    transfers: buildTransferCalls(calls, host),
    photos: buildPhotoCalls(calls, host),
    reports: buildReportCalls(calls, host),
    comparisons: buildComparisonCalls(calls, host),
    paper: buildPaperCalls(calls, host),
    views: buildViewCalls(calls, host),
    events: buildEventsCall(calls, host),
  })
}
