import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * `status`: who looks at the history sees no job at work that is not, and none that waits while nothing works.
 * What the jobs at work are shown as is checked with each of them.
 */
export function nothingElseIsShown({ looks }: Pick<RunRecord, "looks">): Violation[] {
  return looks.flatMap(({ device, rows, workingIds }) =>
    rows.flatMap(({ id, kind, status }): Violation[] => {
      const isShownAtWork = status === "running" && !workingIds.includes(id);
      const waitsForNothing = status === "waiting" && workingIds.length === 0;
      if (!isShownAtWork && !waitsForNothing) return [];
      const said = { job: namedJob({ kind, id }), device, status };
      return [{ invariant: "status", message: message("checked-run.shown-wrongly", said) }];
    }),
  );
}
