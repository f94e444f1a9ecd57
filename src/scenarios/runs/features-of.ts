import type { BackupRun } from "../observation/backup-run.ts";
import type { DeleteRun } from "../observation/delete-run.ts";
import type { RequestFact } from "../observation/request-fact.ts";
import type { RestoreRun } from "../observation/restore-run.ts";
import type { RunRecord } from "../observation/run-record.ts";
import type { Hit } from "../coverage/ledger.ts";
import { cellName } from "../coverage/ledger.ts";
import type { RunFaults } from "../scenario/run-faults.ts";
import type { Step } from "../scenario/step.ts";

type Run = BackupRun | DeleteRun | RestoreRun;

/**
 * What a scenario came to that a search can be guided by, as whole numbers: hashes of short texts, each of them one
 * thing that happened. They say nothing of names, sizes and times, so that there are some thousands of them.
 * - the cells that it reached
 * - each job's kind, status and causes, with what ended it, what it came after and how it was started
 * - each pair of jobs that followed each other, each pair of steps with the outcome of the latter
 * - statuses and causes of rows
 * - faults that struck and disturbances, with the outcome of their job
 * - pairs of requests of one job that followed each other, with their answers; how many requests, by powers of two
 * - what a crash lost and left open, what the agent had yet to do at the end
 * - pairs of events of the agent's log that followed each other
 * - what happened to the PC, by pairs
 */
export function featuresOf(record: RunRecord, hits: readonly Hit[]): readonly number[] {
  const found = new Set<string>();
  for (const hit of hits) found.add(`cell ${cellName(hit)}`);
  const { backups, deletions, restores, scenario } = record;
  const runs: readonly Run[] = [...backups, ...deletions, ...restores].toSorted(
    (one, other) => one.step - other.step || one.job.id - other.job.id,
  );
  let before = "";
  for (const run of runs) {
    const outcome = outcomeOf(run);
    found.add(`job ${outcome} ${endingOf(run)}`);
    found.add(`jobs ${before} > ${outcome}`);
    before = outcome;
    for (const { status, causes, entryKind } of run.rows)
      found.add(`row ${run.job.kind} ${entryKind} ${status} ${causes.join(" ")}`);
    addStep(found, scenario.timeline, run, outcome);
    const window = "work" in run ? run.work : run;
    if (window === undefined) continue;
    for (const { layer, index, hitCount } of window.fired) {
      if (hitCount === 0) continue;
      found.add(`fault ${faultName(run.faults, layer, index)} ${magnitude(hitCount)} ${outcome}`);
    }
    addRequests(found, run.job.kind, window.requests);
    found.add(`disk ${window.disk} ${outcome}`);
  }
  for (const { kind, losses, openJobs, isMailing } of record.crashes) {
    const open = openJobs.map(({ status }) => status).join(" ");
    found.add(`crash ${kind} ${[...new Set(losses)].join(" ")} ${open} ${isMailing}`);
  }
  for (const [what, count] of Object.entries(record.unfinished))
    found.add(`unfinished ${what} ${magnitude(count)}`);
  for (const { action, code } of record.refusals) found.add(`refusal ${action} ${code}`);
  addPairs(found, "log", record.logs.map(eventOf));
  addPairs(found, "login", record.logins);
  if (record.pc !== undefined) {
    addPairs(
      found,
      "pc",
      record.pc.facts.map(({ change }) => changeName(change)),
    );
    addPairs(
      found,
      "smtp",
      record.pc.smtp.map(({ kind }) => kind),
    );
  }
  return [...found].map(hashOf);
}

function outcomeOf({ job: { kind, status, causes } }: Run): string {
  return `${kind} ${status} ${causes.join(" ")}`;
}

/** How a job was started and ended, and what it came after. */
function endingOf(run: Run): string {
  const after = "afterRestart" in run && run.afterRestart ? "restarted" : "";
  const stop = run.stop?.kind ?? (run.stopBehind === undefined ? "" : "behind");
  return `${run.job.trigger} ${stop} ${after}`;
}

/** The step of a job and the one before it, with how the job ended; its disturbances. */
function addStep(found: Set<string>, timeline: readonly Step[], run: Run, outcome: string): void {
  const step = timeline[run.step];
  const previous = timeline[run.step - 1];
  found.add(`steps ${previous?.do} > ${step?.do ?? "heal"} ${outcome}`);
  if (step === undefined || !("disturbances" in step)) return;
  for (const { when, what } of step.disturbances ?? [])
    found.add(`disturbance ${when.at} ${what.do} ${outcome}`);
}

function faultName(faults: RunFaults, layer: string, index: number): string {
  if (layer === "storage") {
    const fault = faults.storage?.[index];
    return `${fault?.kind} ${String(fault?.operation)}`;
  }
  if (layer === "network") return `network ${faults.network?.[index]?.kind}`;
  if (layer === "disk") {
    const fault = faults.disk?.[index];
    return `disk ${fault?.operation} ${fault?.kind}`;
  }
  return layer === "memory" ? `memory ${faults.memory?.activity}` : `outage ${faults.outage?.kind}`;
}

function addRequests(found: Set<string>, kind: string, requests: readonly RequestFact[]): void {
  const counts = new Map<string, number>();
  const names = requests.map(({ method, path, status }) => {
    // `/v1/files/...`: the operation without what it is about.
    const name = `${method} ${path.split("/", 3).join("/")} ${status}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return name;
  });
  addPairs(found, kind, names);
  for (const [name, count] of counts) found.add(`count ${kind} ${name} ${magnitude(count)}`);
}

function addPairs(found: Set<string>, what: string, names: readonly string[]): void {
  let before = "";
  for (const name of names) {
    found.add(`${what} ${before} > ${name}`);
    before = name;
  }
}

/** 0, 1, 2 to 3, 4 to 7 and so on: a number that grows by one is seldom something new. */
function magnitude(count: number): number {
  return count === 0 ? 0 : Math.floor(Math.log2(count)) + 1;
}

/** What a line of the agent's log is about. */
function eventOf(line: string): string {
  const [, event = ""] = /"event":"([^"]*)"/.exec(line) ?? [];
  const [, status = ""] = /"status":"([^"]*)"/.exec(line) ?? [];
  return `${event} ${status}`;
}

function changeName(change: object): string {
  const plain = Object.values(change).filter(
    (value) => typeof value === "string" || typeof value === "boolean",
  );
  return plain.filter((value) => !String(value).includes("/")).join(" ");
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
