import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { Page } from "../../state/records.ts";
import { causeLines } from "./cause-line.ts";
import type { Language } from "../../../terminal/language.ts";
import type { LineMembers } from "./output-line.ts";
import { fileStatusLabel, jobStatusLabel } from "../render/status-words.ts";

/** An instant as the JSON lines have it. */
export function instantText(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** How long a job took, or runs by now; null for one that has no end or no beginning (D2). */
export function elapsedSeconds(job: JobRecord): number | null {
  const { status, startedAtMs, endedAtMs } = job;
  const untilMs = status === "running" ? Date.now() : endedAtMs;
  return untilMs === null ? null : Math.max(0, untilMs - startedAtMs) / 1000;
}

/** A job's members in `job` and `job-...` lines. */
export function jobMembers(job: JobRecord, language: Language): LineMembers<"job"> {
  const { id, startedAtMs, endedAtMs } = job;
  return {
    jobId: id,
    kind: job.kind,
    trigger: job.trigger,
    sourceId: job.sourceId,
    sourcePath: job.sourcePath,
    destination: job.destination,
    startedAt: instantText(startedAtMs),
    endedAt: endedAtMs === null ? null : instantText(endedAtMs),
    elapsedSeconds: elapsedSeconds(job),
    status: job.status,
    statusLabel: jobStatusLabel(job.status, language),
    causes: causeLines(job.causes, language),
    settings: job.settings,
    targetCount: job.targetCount,
    targetFileCount: job.targetFileCount,
    targetBytes: job.targetBytes,
    processedCount: job.processedCount,
    transferredFileCount: job.transferredFileCount,
    transferredBytes: job.transferredBytes,
    excludedCount: job.excludedCount,
    detail: job.detail,
  };
}

/** The members of a `file` line. */
export function fileMembers(row: JobFileRecord, language: Language): LineMembers<"file"> {
  return {
    jobId: row.jobId,
    position: row.position,
    path: row.path,
    pathBase64: row.pathBase64,
    entryKind: row.entryKind,
    status: row.status,
    statusLabel: fileStatusLabel(row.status, language),
    causes: causeLines(row.causes, language),
    sizeBytes: row.sizeBytes,
    detail: row.detail,
  };
}

/** The members of a `page` line; a page beyond the last has the last as its previous one. */
export function pageMembers(
  list: "jobs" | "files",
  jobId: number | null,
  { page, pageCount, rowCount }: Omit<Page<unknown>, "rows">,
): LineMembers<"page"> {
  return {
    list,
    jobId,
    page,
    pageCount,
    rowCount,
    previousPage: page > 1 && pageCount > 0 ? Math.min(page - 1, pageCount) : null,
    nextPage: page < pageCount ? page + 1 : null,
  };
}
