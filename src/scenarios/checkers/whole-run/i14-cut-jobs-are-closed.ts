import type { CauseId } from "../../../protocol/causes/causes.ts";
import type { JobKind } from "../../../protocol/job-kind.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";

const CUT_OFF_CAUSES: Readonly<Record<JobKind, readonly CauseId[]>> = {
  backup: ["B-UX-7", "B-UX-8"],
  restore: ["R-UX-2", "R-UX-3"],
  delete: ["DEL-UX-1", "DEL-UX-2"],
};

/**
 * I14 by rule 4 and D2: a job that ran when its process ended is closed as cut off, without an end, and a
 * deletion that waited for its turn as not run. Checked of the PC; a neighbour's process never ends so.
 */
export function cutJobsAreClosed({
  crashes,
  history,
  driver,
}: Pick<RunRecord, "crashes" | "history" | "driver">): Violation[] {
  if (driver.kind !== "done") return [];
  const open = crashes.flatMap(({ device, openJobs }) => (device === "pc" ? openJobs : []));
  return open.flatMap(({ id, status }) => {
    // The PC's own rows come first.
    const job = history.find((one) => one.id === id);
    if (job === undefined) return [violation(message("checked-run.cut-job-gone", { id, status }))];
    const found = `${job.status} [${job.causes.join(",")}] ${job.endedAtMs}`;
    const wanted =
      status === "waiting"
        ? "not-run [DEL-NR-2] null"
        : `unexpected [${CUT_OFF_CAUSES[job.kind].join(",")}] null`;
    if (found === wanted) return [];
    return [violation(message("checked-run.cut-job-otherwise", { id, status, found, wanted }))];
  });
}

function violation(said: Message): Violation {
  return { invariant: "I14", message: said };
}
