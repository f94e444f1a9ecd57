import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I13: every job ends, within a bounded virtual time, and so does the scenario. Does not verify how long one
 * job takes, as long as the scenario ends.
 */
export function everyJobEnds({ driver, history, virtualMs }: RunRecord): Violation[] {
  const violations: Violation[] = [];
  if (driver.kind !== "done") {
    // What the world does to itself is no fault of the agent.
    const invariant = driver.isOfWorld === true ? "simulator" : "I13";
    const why =
      driver.kind === "threw"
        ? message("checked-run.threw", { detail: driver.detail })
        : message(`checked-run.${driver.kind}`);
    violations.push({
      invariant,
      message: message("checked-run.not-ended", { kind: driver.kind, virtualMs, why }),
    });
  }
  for (const job of history) {
    if (job.status !== "running" || driver.kind !== "done") continue;
    violations.push({
      invariant: "I13",
      message: message("checked-job.of", {
        job: namedJob(job),
        source: job.sourcePath,
        what: message("checked-run.still-running"),
      }),
    });
  }
  return violations;
}
