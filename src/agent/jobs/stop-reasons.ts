import type { CauseId, CauseIdOf } from "../../protocol/causes/causes.ts";
import type { JobKind } from "../../protocol/job-kind.ts";
import { failure, type FileFailure } from "../core/file-outcome.ts";
import { JobStop, type RunStop, type RunStopKind, type StopReason } from "./job-stop.ts";
import { message } from "../../messages/message.ts";

/** What the end of a run means for a job of each kind. Undefined: the job goes on. */
const STOP_REASONS: {
  readonly [Kind in JobKind]: Readonly<
    Record<RunStopKind, StopReason<CauseIdOf<Kind>> | undefined>
  >;
} = {
  backup: {
    interrupt: listsRest(failure("interrupted", ["B-INT-1"], message("backup.interrupted"))),
    logout: listsRest(failure("interrupted", ["B-INT-2"], message("backup.logged-out"))),
    "login-lost": listsRest(failure("unexpected", ["B-UX-10"], message("run.login-lost"))),
    close: atOnce(failure("unexpected", ["B-UX-6"], message("backup.closed"))),
  },
  restore: {
    // A restore has no 中断 (F19).
    interrupt: undefined,
    logout: atOnce(failure("unexpected", ["R-UX-6"], message("restore.logged-out"))),
    "login-lost": atOnce(failure("unexpected", ["R-UX-6"], message("run.login-lost"))),
    close: atOnce(failure("unexpected", ["R-UX-1"], message("restore.closed"))),
  },
  delete: {
    interrupt: listsRest(failure("interrupted", ["DEL-INT-1"], message("delete.interrupted"))),
    logout: listsRest(failure("interrupted", ["DEL-INT-2"], message("delete.logged-out"))),
    "login-lost": listsRest(failure("unexpected", ["DEL-UX-4"], message("run.login-lost"))),
    close: atOnce(failure("unexpected", ["DEL-UX-4"], message("delete.closed"))),
  },
};

function listsRest<Cause extends CauseId>(found: FileFailure<Cause>): StopReason<Cause> {
  return { failure: found, rest: "list-rest", trustsIndex: true };
}

function atOnce<Cause extends CauseId>(found: FileFailure<Cause>): StopReason<Cause> {
  return { failure: found, rest: "at-once", trustsIndex: false };
}

/**
 * Carries one job of a run out under a stop of its own, which the run's stop reaches too: a job that
 * stops for itself ends no other (F21).
 */
export async function underRunStop<Kind extends JobKind, Result>(
  kind: Kind,
  runStop: RunStop,
  work: (stop: JobStop<CauseIdOf<Kind>>) => Promise<Result>,
): Promise<Result> {
  const stop = new JobStop<CauseIdOf<Kind>>();
  const reasons: Readonly<Record<RunStopKind, StopReason<CauseIdOf<Kind>> | undefined>> =
    STOP_REASONS[kind];
  const release = runStop.onStop((how) => {
    const reason = reasons[how];
    if (reason !== undefined) stop.stop(reason);
  });
  try {
    return await work(stop);
  } finally {
    release();
  }
}
