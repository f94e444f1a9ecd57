import { asksAboutConflicts } from "./asks-about-conflicts.ts";
import { restoreEqualsThePc } from "./i17-restore-equals-the-pc.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";
import { checkJob } from "../shared/check-job.ts";
import type { CheckResult } from "../shared/check-result.ts";
import { RESTORE_RULES } from "../shared/job-rules.ts";
import type { Violation } from "../shared/violation.ts";
import { expectRestoreJob } from "./expect-restore-job.ts";
import { neverOutside } from "./i11-never-outside.ts";
import { wholeFiles } from "./i11-whole-files.ts";
import type { RestoreFacts } from "./restore-facts.ts";
import { nothingFetchedAgain } from "./nothing-fetched-again.ts";
import { restoredIsThere } from "./restored-is-there.ts";
import { restoreIdentity } from "./restore-identity.ts";
import { restoresOnlyRead } from "./restores-only-read.ts";

/**
 * Checks one restore: its rows, status, causes, times and counts by the status tables (see `checkJob`),
 * and by the invariants of restores what stands at its destination and on the service. Does not check
 * what it leaves behind for the next restore: that is looked at over the whole run.
 */
export function checkRestoreJob(facts: RestoreFacts): CheckResult {
  const { run } = facts;
  const { violations, hits } = checkJob(run, expectRestoreJob(facts), RESTORE_RULES);
  const ofTheRun = OF_ONE_RESTORE.flatMap((check) => check(run));
  return { violations: [...violations, ...ofTheRun, ...nothingFetchedAgain(facts)], hits };
}

const OF_ONE_RESTORE: readonly ((run: RestoreRun) => Violation[])[] = [
  restoredIsThere,
  wholeFiles,
  neverOutside,
  restoreIdentity,
  restoreEqualsThePc,
  restoresOnlyRead,
  asksAboutConflicts,
];
