import type { Hit } from "../coverage/ledger.ts";
import type { Violation } from "./shared/violation.ts";
import { reportedIsStored } from "./backup/i1-reported-is-stored.ts";
import { noSecrets } from "./whole-run/i10-no-secrets.ts";
import { onlyInTheDestination } from "./whole-run/i11-only-in-the-destination.ts";
import { boundedMemory } from "./whole-run/i12-bounded-memory.ts";
import { everyJobEnds } from "./whole-run/i13-every-job-ends.ts";
import { nothingAcknowledgedIsLost } from "./whole-run/i14-nothing-acknowledged-is-lost.ts";
import { sideBySide } from "./whole-run/i16-side-by-side.ts";
import { healing } from "./whole-run/i4-healing.ts";
import { capacity } from "./whole-run/i5-capacity.ts";
import { generations } from "./whole-run/i6-generations.ts";
import { oneDeletionPerBackup } from "./delete/i9-one-deletion-per-backup.ts";
import { noLeftovers } from "./restore/no-leftovers.ts";
import { nothingSentTwice } from "./whole-run/nothing-sent-twice.ts";
import { readsOnly } from "./whole-run/i7-reads-only.ts";
import { jobFacts, underWayKey, type Acknowledged, type JobFacts } from "./backup/job-facts.ts";
import { isWell } from "./shared/expectation.ts";
import type { CheckResult } from "./shared/check-result.ts";
import { restoreFacts } from "./restore/restore-facts.ts";
import { retryPolicyOf } from "./shared/retry-policy.ts";
import type { JobRun } from "../observation/job-run.ts";
import type { RunRecord } from "../observation/run-record.ts";
import { DeletionJudge } from "./delete/deletion-judge.ts";
import { checkBackupJob } from "./backup/check-backup-job.ts";
import { checkRestoreJob } from "./restore/check-restore-job.ts";
import { checkSlots } from "./schedule/check-slots.ts";

/** Checks everything a scenario left behind: each job by the status tables, all of it by the invariants. */
export function checkRun(record: RunRecord): CheckResult {
  const violations: Violation[] = [];
  const hits: Hit[] = [];
  const retryPolicy = retryPolicyOf(record.scenario.tuning);
  const deletions = new DeletionJudge(record, retryPolicy);
  const memories = new Map<string, Memory>();
  for (const run of record.jobs) {
    const place = `${run.device} ${run.sourcePath}`;
    const memory = memories.get(place) ?? NO_MEMORY;
    const checked = checkBackupJob(jobFacts(run, retryPolicy, memory));
    violations.push(...checked.violations, ...reportedIsStored(run));
    hits.push(...checked.hits);
    const deleted = deletions.follow(run);
    memories.set(place, {
      acknowledged: without(acknowledgedAfter(run, memory.acknowledged), deleted),
      underWay: underWayAfter(run, memory.underWay),
    });
  }
  violations.push(...deletions.violations);
  hits.push(...deletions.hits);
  for (const run of record.restores) {
    const checked = checkRestoreJob(restoreFacts(run, retryPolicy));
    violations.push(...checked.violations);
    hits.push(...checked.hits);
  }
  const slots = checkSlots(record);
  violations.push(...slots.violations);
  hits.push(...slots.hits);
  for (const invariant of OF_THE_WHOLE_RUN) violations.push(...invariant(record));
  return { violations, hits: violations.length === 0 ? hits : [] };
}

const OF_THE_WHOLE_RUN: readonly ((record: RunRecord) => Violation[])[] = [
  healing,
  capacity,
  generations,
  readsOnly,
  noSecrets,
  onlyInTheDestination,
  boundedMemory,
  everyJobEnds,
  nothingAcknowledgedIsLost,
  oneDeletionPerBackup,
  sideBySide,
  nothingSentTwice,
  noLeftovers,
];

/** What a source's earlier jobs left behind that later ones are checked by. */
type Memory = Pick<JobFacts, "acknowledged" | "underWay">;

const NO_MEMORY: Memory = { acknowledged: new Map(), underWay: new Set() };

/** What a stopped run may still have had under way. */
function underWayAfter(run: JobRun, before: ReadonlySet<string>): ReadonlySet<string> {
  if (run.stop === undefined) return NO_MEMORY.underWay;
  const found = new Set(before);
  const facts = [...run.diskBefore.values(), ...run.diskChanges.map(({ after }) => after)];
  for (const fact of facts) {
    if (fact?.kind !== "file") continue;
    found.add(underWayKey(fact.path.slice(run.sourcePath.length + 1), fact.sha256));
  }
  return found;
}

function without<Value>(
  map: ReadonlyMap<string, Value>,
  paths: ReadonlySet<string>,
): ReadonlyMap<string, Value> {
  return new Map([...map].filter(([path]) => !paths.has(path)));
}

/** What the agent knows to be on the service after a run, as far as the world can tell for sure. */
function acknowledgedAfter(
  run: JobRun,
  before: ReadonlyMap<string, Acknowledged>,
): Map<string, Acknowledged> {
  const isSame = run.jobAtStart.sourceId !== null && run.serviceBefore.destinationExists;
  const after =
    isSame && !run.destinationTouched ? new Map(before) : new Map<string, Acknowledged>();
  const changed = new Set(run.diskChanges.map(({ path }) => path));
  for (const row of run.rows) {
    const diskPath = `${run.sourcePath}/${row.path}`;
    const fact = run.diskBefore.get(diskPath);
    after.delete(row.path);
    if (!isWell(row.status) || fact?.kind !== "file" || changed.has(diskPath)) continue;
    // A job that was cut off may have lost what it noted last.
    if (run.stop?.kind === "kill" || run.stop?.kind === "power-loss") continue;
    after.set(row.path, { sha256: fact.sha256, timeStamp: fact.timeStamp });
  }
  return after;
}
