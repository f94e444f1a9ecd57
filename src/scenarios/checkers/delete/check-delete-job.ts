import { CAUSES, type CauseId } from "../../../protocol/cause.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";
import type { Hit } from "../../coverage/ledger.ts";
import type { Phase } from "../../coverage/phase.ts";
import type { DeleteRun } from "../../observation/delete-run.ts";
import type { Violation } from "../shared/violation.ts";
import { deletionsHappen } from "./deletions-happen.ts";
import { deletionClaims } from "./i2-deletions-claim.ts";
import { isIncomplete } from "../backup/expect-job.ts";
import { expectDeletion, targetKey, type DeletionExpectation } from "./expect-deletion.ts";
import type { AgentKnowledge } from "../shared/agent-knowledge.ts";
import type { RetryPolicy } from "../shared/retry-policy.ts";
import type { CheckResult } from "../shared/check-result.ts";

/** What a delete job is checked by. */
export interface DeletionFacts {
  readonly deletion: DeleteRun;
  /** What the agent knew before the backup that the job follows, and what it knows after it. */
  readonly known: AgentKnowledge;
  readonly knownNow: AgentKnowledge;
  readonly retryPolicy: RetryPolicy;
}

/** Checks one delete job by decision 0010: whether it may work, its rows, its status and causes. */
export function checkDeleteJob({
  deletion,
  known,
  knownNow,
  retryPolicy,
}: DeletionFacts): CheckResult {
  const expectation = expectDeletion(deletion, known, knownNow, retryPolicy);
  const violations: Violation[] = [];
  const say = (invariant: Violation["invariant"], message: string): void => {
    violations.push({
      invariant,
      message: `delete job ${deletion.job.id} of ${deletion.sourcePath}: ${message}`,
    });
  };
  const { job } = deletion;
  if (job.status === "not-run") {
    const asked = checkNotRun(deletion, expectation, say);
    return {
      violations,
      hits: violations.length === 0 ? hitsOf(deletion, asked, expectation, true) : [],
    };
  }
  if (expectation.prevention.isSure) {
    say(
      "I7",
      `is ${job.status}, but it had to be 未実行 [${shown(expectation.prevention.causes)}]`,
    );
    return { violations, hits: [] };
  }
  checkRows(deletion, expectation, say);
  violations.push(...deletionsHappen(deletion, expectation));
  const { allowed, isCut } = expectation;
  if (!allowed.has(job.status)) {
    say(
      "status",
      `is ${job.status} [${job.causes.join(", ")}] (${job.detail ?? ""}), allowed is ${[...allowed].join(" or ")}`,
    );
  }
  checkTimes(deletion, isCut, say);
  if (!isCut) violations.push(...deletionClaims(deletion, expectation));
  const asked = causesAsked(deletion, expectation);
  if (asked.length > 0 && !asked.some((cause) => job.causes.includes(cause))) {
    say("status", `is ${job.status} for [${job.causes.join(", ")}], true is [${asked.join(", ")}]`);
  }
  const isSharp = allowed.size === 1 && expectation.prevention.causes.size === 0;
  return {
    violations,
    hits: violations.length === 0 ? hitsOf(deletion, asked, expectation, isSharp) : [],
  };
}

type Say = (invariant: Violation["invariant"], message: string) => void;

function checkNotRun(
  { job, rows, work }: DeleteRun,
  { prevention }: DeletionExpectation,
  say: Say,
): readonly CauseId[] {
  const causes = [...prevention.causes];
  if (causes.length === 0) say("deletes", `is 未実行 [${job.causes.join(", ")}] without a reason`);
  else if (!causes.some((cause) => job.causes.includes(cause))) {
    say("status", `is 未実行 for [${job.causes.join(", ")}], true is [${shown(causes)}]`);
  }
  if (rows.length > 0 || work !== undefined) say("status", "did not run and has done something");
  if (job.endedAtMs !== null) say("status", "did not run and has an end time");
  return prevention.isSure ? causes : [];
}

function checkRows(deletion: DeleteRun, expectation: DeletionExpectation, say: Say): void {
  const { targets, troubles, isCut } = expectation;
  const seen = new Set<string>();
  for (const row of deletion.rows) {
    const key = targetKey(row.entryKind, row.path);
    const about = JSON.stringify(row.path);
    if (seen.has(key)) say("status", `${about} has two rows`);
    seen.add(key);
    const target = targets.get(key);
    if (target === undefined) {
      say(
        "I7",
        `${about} is ${row.status}, but it is nothing that the agent put there and that is gone`,
      );
      continue;
    }
    const outcome = target.outcomes.find(
      ({ status, causes }) =>
        status === row.status &&
        (causes.length === 0 || causes.some((cause) => row.causes.includes(cause))),
    );
    if (outcome === undefined) {
      say(
        "status",
        `${about} is ${row.status} [${row.causes.join(", ")}] (${row.detail ?? ""}), allowed is ${target.outcomes.map(({ status }) => status).join(" or ")}`,
      );
    }
    if (isLie(deletion, row)) say("I1", `${about} is ${row.status}, but it is on the service`);
  }
  const isWhole = !isCut && deletion.stop?.kind !== "close-tool";
  if (!isWhole || troubles.troubles.some(({ status }) => status === "out-of-memory")) return;
  for (const [key, target] of targets) {
    if (target.rowRequired && !seen.has(key))
      say("status", `${JSON.stringify(target.path)} has no row`);
  }
}

/** Whether a row says that something is gone which is there. */
function isLie({ work, acts }: DeleteRun, row: JobFileRecord): boolean {
  if (work === undefined || (row.status !== "completed" && row.status !== "not-found"))
    return false;
  const isPutMeanwhile = acts.some(
    ({ act, path, seq }) =>
      seq > work.startedSeq &&
      (act === "put-file" || act === "replace-file") &&
      (path === row.path || path.startsWith(`${row.path}/`)),
  );
  if (isPutMeanwhile) return false;
  const { files, folders } = work.serviceAfter;
  return row.entryKind === "file" ? files.has(row.path) : folders.has(row.path);
}

function checkTimes({ job }: DeleteRun, isCut: boolean, say: Say): void {
  if (isCut) {
    if (job.endedAtMs !== null) say("status", "was cut off and has an end time");
  } else if (job.endedAtMs === null || job.status === "running" || job.status === "waiting") {
    say("I13", `never ended: ${job.status}`);
  } else if (job.endedAtMs < job.startedAtMs) {
    say("I13", "ended before it started");
  }
}

/** The causes of which the job has to name one. */
function causesAsked(deletion: DeleteRun, expectation: DeletionExpectation): readonly CauseId[] {
  const { job, rows, stop } = deletion;
  if (stop?.kind === "kill") return ["DEL-UX-1"];
  if (stop?.kind === "power-loss") return ["DEL-UX-2"];
  const done = rows.filter(({ status }) => status === "completed");
  if (job.status === "completed") {
    if (done.some(({ entryKind }) => entryKind === "file")) return ["DEL-OK-1"];
    return done.length === 0 ? ["DEL-OK-2"] : ["DEL-OK-1", "DEL-OK-2"];
  }
  const kinds = new Set(rows.flatMap(({ status }) => (isIncomplete(status) ? [status] : [])));
  if (kinds.size > 1) return ["DEL-UX-3"];
  const { status } = job;
  if (!isIncomplete(status)) return [];
  const own = [...expectation.targets.values()].flatMap(({ outcomes }) =>
    outcomes.filter((outcome) => outcome.status === status).flatMap(({ causes }) => causes),
  );
  const ofJob = expectation.troubles.troubles
    .filter((trouble) => trouble.status === status)
    .flatMap(({ causes }) => causes);
  const isMixed = status === "unexpected" && kinds.size + expectation.troubles.troubles.length > 1;
  return [...new Set<CauseId>([...own, ...ofJob, ...(isMixed ? ["DEL-UX-3" as const] : [])])];
}

function hitsOf(
  deletion: DeleteRun,
  asked: readonly CauseId[],
  { troubles }: DeletionExpectation,
  isSharp: boolean,
): readonly Hit[] {
  const { job, work, backup, hasWaited } = deletion;
  const first: Phase = backup?.afterRestart === true ? "after-restart" : "first-try";
  const hits: Hit[] = [];
  if (work?.jobAtStart.causes.includes("DEL-RUN-1") === true) {
    hits.push({ cause: "DEL-RUN-1", phase: first });
  }
  if (hasWaited) hits.push({ cause: "DEL-WT-1", phase: first });
  if (!isSharp) return hits;
  for (const cause of asked) {
    if (!job.causes.includes(cause) || CAUSES[cause].status !== job.status) continue;
    const isFirst = first === "after-restart" || !troubles.isRetried;
    hits.push({ cause, phase: isFirst ? first : "after-retry" });
  }
  return hits;
}

function shown(causes: Iterable<CauseId>): string {
  return [...causes].join(", ");
}
