import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import type { RunRecord } from "../observation/run-record.ts";
import type { ServiceFacts } from "../observation/service-facts.ts";
import type { LifeOutcome } from "./life-outcome.ts";

/** What a life came to. */
export function lifeOutcomeOf(record: RunRecord): LifeOutcome {
  const runs = [...record.backups, ...record.deletions, ...record.restores].toSorted(
    (one, other) => one.job.id - other.job.id,
  );
  const files = new Map<string, readonly string[]>();
  const folders = new Set<string>();
  for (const [destination, facts] of lastSeen(record)) {
    for (const [path, { generations }] of facts.files) {
      const text = generations.map(({ sha256, mode }) => `${sha256.slice(0, 12)} ${mode ?? "-"}`);
      files.set(`${destination}/${path}`, text);
    }
    for (const path of facts.folders) folders.add(`${destination}/${path}`);
  }
  const restored = new Map<string, string>();
  for (const { to, targetAfter } of record.restores) {
    for (const [path, { kind, sha256, mode }] of targetAfter) {
      restored.set(`${to}/${path}`, `${kind} ${sha256.slice(0, 12)} ${mode?.toString(8) ?? "-"}`);
    }
  }
  return {
    jobs: runs.map(({ job, rows }) => jobLine(job, rows)),
    rows: runs.map(({ rows }) => rows.map(rowLine).toSorted()),
    files,
    folders,
    restored,
  };
}

/** Each destination as it was last seen. */
function lastSeen({ backups, deletions }: RunRecord): ReadonlyMap<string, ServiceFacts> {
  const windows = [
    ...backups.map((run) => ({ destination: run.destination, window: run })),
    ...deletions.flatMap(({ destination, work }) =>
      work === undefined ? [] : [{ destination, window: work }],
    ),
  ].toSorted((one, other) => one.window.endedMs - other.window.endedMs);
  return new Map(windows.map(({ destination, window }) => [destination, window.serviceAfter]));
}

function jobLine(job: JobRecord, rows: readonly JobFileRecord[]): string {
  const { kind, sourcePath, destination, status } = job;
  const causes = causesIn(job, rows);
  const { targetCount, targetFileCount, targetBytes, processedCount } = job;
  const { transferredFileCount, transferredBytes, excludedCount } = job;
  const counts = [targetCount, targetFileCount, targetBytes, processedCount, excludedCount];
  const moved = `${transferredFileCount} (${transferredBytes})`;
  return `${kind} ${sourcePath} -> ${destination}: ${status} [${causes.join(",")}] ${counts.join(" ")}, ${moved}`;
}

/** A job tells what its targets met as it comes to each: where they met several things, in no order of their own. */
function causesIn({ causes }: JobRecord, rows: readonly JobFileRecord[]): readonly string[] {
  const met = rows.flatMap((row) => (row.causes.length === 0 ? [] : [row.causes.join(",")]));
  return new Set(met).size > 1 ? causes.toSorted() : causes;
}

/** What a row says, as one line. */
export function rowLine({
  path,
  pathBase64,
  entryKind,
  status,
  causes,
  sizeBytes,
}: JobFileRecord): string {
  return `${pathBase64 ?? path} ${entryKind}: ${status} [${causes.join(",")}] ${sizeBytes}`;
}
