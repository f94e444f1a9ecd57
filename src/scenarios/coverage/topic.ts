import { JOB_KINDS, type JobKind } from "../../protocol/job-kind.ts";

/** What scenarios can be about: one kind of job, or the schedule: slots, the PC's power, result mails. */
export const TOPICS = [...JOB_KINDS, "schedule"] as const;

/** One of {@link TOPICS}. */
export type Topic = JobKind | "schedule";
