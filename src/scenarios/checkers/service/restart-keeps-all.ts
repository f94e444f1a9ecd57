import { message } from "../../../messages/message.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * `service`: a service that is stopped and started again has what it had: folders, files, every generation to its
 * bytes, and how much is used. Does not verify sessions and unfinished uploads: who goes on with them sees what
 * they are.
 */
export function restartKeepsAll({
  serviceRestarts,
}: Pick<RunRecord, "serviceRestarts">): Violation[] {
  return serviceRestarts.flatMap(({ before, after, failure }, index): Violation[] => {
    const lines = Array.from({ length: Math.max(before.length, after.length) }, (_, at) => ({
      found: after[at] ?? "-",
      due: before[at] ?? "-",
    }));
    const first =
      failure === undefined
        ? lines.find(({ found, due }) => found !== due)
        : { found: failure, due: "started" };
    if (first === undefined) return [];
    const said = { restart: index + 1, ...first };
    return [{ invariant: "service", message: message("checked-run.service-restart", said) }];
  });
}
