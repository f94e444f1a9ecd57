import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

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
      const message = `${kind} job ${id} of ${device} was shown as ${status}, and it was not`;
      return [{ invariant: "status", message }];
    }),
  );
}
