import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * I13: every job ends, within a bounded virtual time, and so does the scenario. Does not verify how long one
 * job takes, as long as the scenario ends.
 */
export function everyJobEnds({ driver, history, virtualMs }: RunRecord): Violation[] {
  const violations: Violation[] = [];
  if (driver.kind !== "done") {
    // What the world does to itself is no fault of the agent.
    const invariant = driver.isOfWorld === true ? "simulator" : "I13";
    const message = `the scenario did not end (${driver.kind} after ${virtualMs} ms): ${driver.detail}`;
    violations.push({ invariant, message });
  }
  for (const job of history) {
    if (job.status !== "running" || driver.kind !== "done") continue;
    violations.push({
      invariant: "I13",
      message: `job ${job.id} of ${job.sourcePath} is still running`,
    });
  }
  return violations;
}
