import { INCOMPLETE_STATUSES, STATUS_LABELS, STATUS_LABELS_EN } from "./status.ts";

/**
 * Every status a single file of a job can have (F31). `pending` exists only while the job runs;
 * `no-difference` only in a backup, for a file that had not changed since it was last sent (F21).
 */
export const FILE_STATUSES = [
  "pending",
  "completed",
  "no-difference",
  ...INCOMPLETE_STATUSES,
] as const;

/** One of {@link FILE_STATUSES}. */
export type FileStatus = (typeof FILE_STATUSES)[number];

/**
 * What the details of a job show for each file status. Shared statuses read exactly as in the
 * list of jobs; 差分無し is the product's word, and the word for `pending` is ours (F31).
 */
export const FILE_STATUS_LABELS: Readonly<Record<FileStatus, string>> = {
  pending: "処理待ち",
  completed: STATUS_LABELS.completed,
  "no-difference": "差分無し",
  "access-denied": STATUS_LABELS["access-denied"],
  "forbidden-characters": STATUS_LABELS["forbidden-characters"],
  "invalid-settings": STATUS_LABELS["invalid-settings"],
  "insufficient-capacity": STATUS_LABELS["insufficient-capacity"],
  "communication-error": STATUS_LABELS["communication-error"],
  "out-of-memory": STATUS_LABELS["out-of-memory"],
  interrupted: STATUS_LABELS.interrupted,
  "not-found": STATUS_LABELS["not-found"],
  unexpected: STATUS_LABELS.unexpected,
};

/** {@link FILE_STATUS_LABELS} for readers of English. */
export const FILE_STATUS_LABELS_EN: Readonly<Record<FileStatus, string>> = {
  pending: "Pending",
  completed: STATUS_LABELS_EN.completed,
  "no-difference": "No difference",
  "access-denied": STATUS_LABELS_EN["access-denied"],
  "forbidden-characters": STATUS_LABELS_EN["forbidden-characters"],
  "invalid-settings": STATUS_LABELS_EN["invalid-settings"],
  "insufficient-capacity": STATUS_LABELS_EN["insufficient-capacity"],
  "communication-error": STATUS_LABELS_EN["communication-error"],
  "out-of-memory": STATUS_LABELS_EN["out-of-memory"],
  interrupted: STATUS_LABELS_EN.interrupted,
  "not-found": STATUS_LABELS_EN["not-found"],
  unexpected: STATUS_LABELS_EN.unexpected,
};
