/**
 * What a job had been through when its status came about.
 * - `first-try`: nothing had to be tried again, and the job before it was not cut off.
 * - `after-retry`: something failed on the way and was tried again within the job.
 * - `after-restart`: the job before it was cut off: the tool was closed, killed, or lost its power.
 */
export const PHASES = ["first-try", "after-retry", "after-restart"] as const;

/** One of {@link PHASES}. */
export type Phase = (typeof PHASES)[number];
