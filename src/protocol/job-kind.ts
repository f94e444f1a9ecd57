/**
 * The three kinds of job that have a history of their own: backup, restore, and the deletion that
 * follows a difference comparison (F17, F30).
 */
export const JOB_KINDS = ["backup", "restore", "delete"] as const;

/** One of {@link JOB_KINDS}. */
export type JobKind = (typeof JOB_KINDS)[number];

/** Tells whether a value from outside (a file, a request) is a job kind. */
export function isJobKind(value: unknown): value is JobKind {
  return (JOB_KINDS as readonly unknown[]).includes(value);
}
