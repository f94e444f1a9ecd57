import type { JobKind } from "../../../protocol/job-kind.ts";

/** Called when a job has begun; what is counted from there is counted from now. Default: no delete job. */
export type OnJobStart = (kind?: JobKind) => void;
