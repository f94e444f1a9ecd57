import type { JobKind } from "./job-kind.ts";

/**
 * The statuses that say a job started and left something undone: those whose label begins 未完了.
 * A file can have them too, and a backup that ended with one can be rerun (F19).
 */
export const INCOMPLETE_STATUSES = [
  "access-denied",
  "forbidden-characters",
  "invalid-settings",
  "insufficient-capacity",
  "communication-error",
  "out-of-memory",
  "interrupted",
  "not-found",
  "unexpected",
] as const;

/** One of {@link INCOMPLETE_STATUSES}. */
export type IncompleteStatus = (typeof INCOMPLETE_STATUSES)[number];

/**
 * Every status a job can have. The code is the only name used in code, files and APIs; labels are
 * for people (F30).
 */
export const STATUSES = [
  "running",
  "completed",
  "waiting",
  "not-run",
  ...INCOMPLETE_STATUSES,
] as const;

/** One of {@link STATUSES}. */
export type Status = (typeof STATUSES)[number];

/** What the tool shows for each status, to the letter, with full-width brackets (F30). */
export const STATUS_LABELS: Readonly<Record<Status, string>> = {
  running: "実行中",
  completed: "完了",
  waiting: "待機中",
  "not-run": "未実行",
  "access-denied": "未完了（アクセス不可）",
  "forbidden-characters": "未完了（禁止文字検出）",
  "invalid-settings": "未完了（設定内容不正）",
  "insufficient-capacity": "未完了（容量不足）",
  "communication-error": "未完了（通信エラー）",
  "out-of-memory": "未完了（メモリ不足）",
  interrupted: "未完了（中断）",
  "not-found": "未完了（未存在）",
  unexpected: "未完了（不慮の事態）",
};

/** The same labels for readers of English. The product has none, so these are ours. */
export const STATUS_LABELS_EN: Readonly<Record<Status, string>> = {
  running: "Running",
  completed: "Completed",
  waiting: "Waiting",
  "not-run": "Not run",
  "access-denied": "Incomplete (access denied)",
  "forbidden-characters": "Incomplete (forbidden characters)",
  "invalid-settings": "Incomplete (invalid settings)",
  "insufficient-capacity": "Incomplete (insufficient capacity)",
  "communication-error": "Incomplete (communication error)",
  "out-of-memory": "Incomplete (out of memory)",
  interrupted: "Incomplete (interrupted)",
  "not-found": "Incomplete (not found)",
  unexpected: "Incomplete (unexpected)",
};

const BACKUP_STATUSES = [
  "running",
  "completed",
  "not-run",
  "access-denied",
  "forbidden-characters",
  "invalid-settings",
  "insufficient-capacity",
  "communication-error",
  "out-of-memory",
  "interrupted",
  "unexpected",
] as const;

const RESTORE_STATUSES = [
  "running",
  "completed",
  "access-denied",
  "invalid-settings",
  "communication-error",
  "out-of-memory",
  "unexpected",
] as const;

const DELETE_STATUSES = [
  "running",
  "completed",
  "waiting",
  "not-run",
  "communication-error",
  "out-of-memory",
  "interrupted",
  "not-found",
  "unexpected",
] as const;

/** The statuses a job of each kind can have, in the order of {@link STATUSES}: 11 + 7 + 9 = 27. */
export const JOB_STATUSES: { readonly [K in JobKind]: readonly Status[] } = {
  backup: BACKUP_STATUSES,
  restore: RESTORE_STATUSES,
  delete: DELETE_STATUSES,
};

/** A status of {@link JOB_STATUSES} for a job of kind `K`, known when compiling. */
export type JobStatus<K extends JobKind> = {
  readonly backup: (typeof BACKUP_STATUSES)[number];
  readonly restore: (typeof RESTORE_STATUSES)[number];
  readonly delete: (typeof DELETE_STATUSES)[number];
}[K];

/** Tells whether a value from outside (a file, a request) is a status code. */
export function isStatus(value: unknown): value is Status {
  return (STATUSES as readonly unknown[]).includes(value);
}
