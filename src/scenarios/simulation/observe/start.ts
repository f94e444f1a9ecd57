import type { JobKind } from "../../../protocol/job-kind.ts";

/** Told that a job has begun; what is counted from there is counted from now. Default: no delete job. */
export type Start = (kind?: JobKind) => void;
