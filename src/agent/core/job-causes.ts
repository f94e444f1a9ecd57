import type { CauseId, CauseIdOf } from "../../protocol/causes/causes.ts";
import type { JobKind } from "../../protocol/job-kind.ts";

/** What a kind of job calls its good ends and its mixed one. */
export interface OutcomeCauses<Cause extends CauseId> {
  readonly done: Cause;
  readonly nothingToDo: Cause;
  /** Two or more kinds of trouble. */
  readonly mixed: Cause;
}

/** What a kind of job calls what may happen to any job, whatever it is about. */
export interface JobCauses<Cause extends CauseId> extends OutcomeCauses<Cause> {
  readonly running: Cause;
  /** Something that no code foresaw. */
  readonly unforeseen: Cause;
  /** Killed or power lost: the agent that starts next cannot tell which. */
  readonly cutOff: readonly Cause[];
}

/** These causes by kind of job. A restore has no other good end when nothing had to be transferred. */
export const JOB_CAUSES: { readonly [Kind in JobKind]: JobCauses<CauseIdOf<Kind>> } = {
  backup: {
    running: "B-RUN-1",
    done: "B-OK-1",
    nothingToDo: "B-OK-2",
    mixed: "B-UX-9",
    unforeseen: "B-UX-10",
    cutOff: ["B-UX-7", "B-UX-8"],
  },
  restore: {
    running: "R-RUN-1",
    done: "R-OK-1",
    nothingToDo: "R-OK-1",
    mixed: "R-UX-5",
    unforeseen: "R-UX-4",
    cutOff: ["R-UX-2", "R-UX-3"],
  },
  delete: {
    running: "DEL-RUN-1",
    done: "DEL-OK-1",
    nothingToDo: "DEL-OK-2",
    mixed: "DEL-UX-3",
    unforeseen: "DEL-UX-4",
    cutOff: ["DEL-UX-1", "DEL-UX-2"],
  },
};
