import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { Page } from "../../state/records.ts";

/** A completed backup of one file; what a test sets is what matters to it. */
export function jobRecord(changes: Partial<JobRecord> = {}): JobRecord {
  return {
    id: 1,
    kind: "backup",
    trigger: "manual",
    sourceId: 1,
    sourcePath: "/home/taro/docs",
    destination: "セキュリティ領域/自動バックアップ/taro/pc/docs",
    startedAtMs: Date.UTC(2026, 10, 21, 3, 0, 0),
    endedAtMs: Date.UTC(2026, 10, 21, 3, 0, 12),
    status: "completed",
    causes: ["B-OK-1"],
    slotDay: null,
    settings: {
      kind: "backup",
      includeHidden: true,
      compareUpload: false,
      compareDelete: false,
    },
    targetCount: 2,
    targetFileCount: 2,
    targetBytes: 4096,
    processedCount: 2,
    transferredFileCount: 1,
    transferredBytes: 2048,
    excludedCount: 0,
    detail: null,
    ...changes,
  };
}

/** A completed row of the details. */
export function fileRecord(changes: Partial<JobFileRecord> = {}): JobFileRecord {
  return {
    jobId: 1,
    position: 1,
    path: "a.txt",
    pathBase64: null,
    entryKind: "file",
    status: "completed",
    causes: [],
    sizeBytes: 2048,
    detail: null,
    ...changes,
  };
}

/** The only page of a list. */
export function onePage<Row>(rows: readonly Row[]): Page<Row> {
  return { rows, page: 1, pageCount: 1, rowCount: rows.length };
}
