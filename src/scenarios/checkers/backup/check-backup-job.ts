import { checkJob } from "../shared/check-job.ts";
import type { CheckResult } from "../shared/check-result.ts";
import { BACKUP_RULES } from "../shared/job-rules.ts";
import type { BackupFacts } from "./backup-facts.ts";
import { expectBackupJob } from "./expect-backup-job.ts";
import { nothingIsInALostPlace } from "./i1-nothing-is-in-a-lost-place.ts";
import { reportedIsStored } from "./i1-reported-is-stored.ts";
import { untouchedFiles } from "./i3-untouched-files-are-backed-up.ts";

/**
 * Checks one backup: its rows, status, causes, times and counts by the status tables (see `checkJob`),
 * what it reports against the service (I1), and that no untouched file was given up (I3). Does not check
 * what it sent more than once, or what it holds at once: that is looked at over the whole run.
 */
export function checkBackupJob(facts: BackupFacts): CheckResult {
  const { run } = facts;
  const expectation = expectBackupJob(facts);
  const { violations, hits } = checkJob(run, expectation, BACKUP_RULES);
  return {
    violations: [
      ...violations,
      ...untouchedFiles(run, expectation),
      ...reportedIsStored(run),
      ...nothingIsInALostPlace(run),
    ],
    hits,
  };
}
