// Schema 1: runs with their epochs, checkpoints, final evaluation and predictions. Never edited once released.
// What is asked of the whole list (filters, sorts) are columns; what is only read back is JSON.
import { type Kysely, sql } from 'kysely'

/** JSON is asked only after it was found valid: otherwise one damaged row would fail every query of the table. */
const runs = sql`
  create table runs (
    id text primary key not null check (length(id) = 8),
    name text not null check (length(name) > 0),
    status text not null check (
      status in ('queued', 'running', 'paused', 'interrupted', 'completed', 'cancelled', 'failed')
    ),
    reason text check (reason is null or status in ('interrupted', 'cancelled', 'failed')),
    experiment text not null check (json_valid(experiment)),
    datasetId text not null,
    datasetName text not null,
    datasetHash text not null,
    datasetDirectory text,
    datasetGenerated integer not null check (datasetGenerated in (0, 1)),
    classNames text not null check (json_valid(classNames)),
    parameters integer not null check (parameters >= 0),
    engine text check (json_valid(engine)),
    hardware text check (json_valid(hardware)),
    createdAt text not null,
    startedAt text,
    finishedAt text,
    deletedAt text check (deletedAt is null or status not in ('running', 'paused')),
    notes text not null,
    tags text not null check (case when json_valid(tags) then json_type(tags) = 'array' else 0 end),
    starred integer not null default 0 check (starred in (0, 1)),
    model text not null generated always as (case when json_valid(experiment) then experiment ->> '$.model.name' end) virtual,
    loss text not null generated always as (case when json_valid(experiment) then experiment ->> '$.loss' end) virtual,
    optimizer text not null generated always as (case when json_valid(experiment) then experiment ->> '$.optimizer.name' end) virtual,
    learningRate real not null generated always as (case when json_valid(experiment) then experiment ->> '$.learningRate' end) virtual,
    batchSize integer not null generated always as (case when json_valid(experiment) then experiment ->> '$.batchSize' end) virtual,
    epochs integer not null generated always as (case when json_valid(experiment) then experiment ->> '$.epochs' end) virtual,
    trainImages integer generated always as (case when json_valid(experiment) then experiment ->> '$.trainImages' end) virtual,
    seed integer not null generated always as (case when json_valid(experiment) then experiment ->> '$.seed' end) virtual,
    engineName text generated always as (case when json_valid(engine) then engine ->> '$.name' end) virtual
  ) strict`

/** A split is measured whole or not at all. */
const epochs = sql`
  create table epochs (
    runId text not null references runs (id) on delete cascade,
    epoch integer not null check (epoch >= 1),
    trainLoss real not null,
    trainAccuracy real not null check (trainAccuracy between 0 and 1),
    trainExactLoss real not null,
    trainCorrect integer not null check (trainCorrect between 0 and trainCount),
    trainCount integer not null,
    validationLoss real,
    validationAccuracy real check (validationAccuracy between 0 and 1),
    validationExactLoss real,
    validationCorrect integer check (validationCorrect between 0 and validationCount),
    validationCount integer,
    testLoss real,
    testAccuracy real check (testAccuracy between 0 and 1),
    testExactLoss real,
    testCorrect integer check (testCorrect between 0 and testCount),
    testCount integer,
    elapsedMs real not null check (elapsedMs >= 0),
    imagesPerSecond real not null check (imagesPerSecond >= 0),
    primary key (runId, epoch),
    check (
      (validationLoss is null) + (validationAccuracy is null) + (validationExactLoss is null)
        + (validationCorrect is null) + (validationCount is null) in (0, 5)
    ),
    check (
      (testLoss is null) + (testAccuracy is null) + (testExactLoss is null)
        + (testCorrect is null) + (testCount is null) in (0, 5)
    )
  ) strict, without rowid`

const checkpoints = sql`
  create table checkpoints (
    runId text not null,
    epoch integer not null,
    file text not null check (length(file) > 0),
    sha256 text not null check (length(sha256) = 64),
    bytes integer not null check (bytes > 0),
    primary key (runId, epoch),
    foreign key (runId, epoch) references epochs (runId, epoch) on delete cascade
  ) strict, without rowid`

const evaluations = sql`
  create table evaluations (
    runId text primary key not null references runs (id) on delete cascade,
    split text not null check (split in ('validation', 'test')),
    loss real not null,
    accuracy real not null check (accuracy between 0 and 1),
    exactLoss real not null,
    correct integer not null check (correct between 0 and count),
    count integer not null,
    top5Accuracy real not null check (top5Accuracy between 0 and 1),
    confusionMatrix text not null check (json_valid(confusionMatrix)),
    classScores text not null check (json_valid(classScores))
  ) strict`

/** Apart from the evaluations, so that listing them does not read past 50,000 bytes for each run. */
const predictions = sql`
  create table predictions (
    runId text primary key not null references evaluations (runId) on delete cascade,
    labels blob not null,
    probabilities blob not null check (length(probabilities) = 4 * length(labels))
  ) strict`

const indexes = [
  sql`create index runsByCreation on runs (createdAt)`,
  sql`create index runsByStatus on runs (status)`,
  sql`create index deletedRuns on runs (deletedAt) where deletedAt is not null`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [runs, epochs, checkpoints, evaluations, predictions, ...indexes]) {
    await statement.execute(database)
  }
}
