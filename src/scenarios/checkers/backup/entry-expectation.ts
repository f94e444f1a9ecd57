import type { BackupCauseId } from "../../../protocol/causes/causes.ts";
import type { TargetExpectation } from "../shared/job-expectation.ts";
import type { Outcome } from "../shared/outcome.ts";

/** One way in which an entry of a source may end. */
export type BackupOutcome = Outcome<BackupCauseId>;

/**
 * What the world's facts allow one entry of the source to end as. Its path is below the source root, names
 * joined by `/`; "" is the root.
 */
export interface EntryExpectation extends TargetExpectation<BackupCauseId> {
  /** A file whose present content the service did not have when the job began. */
  readonly mustBeSent: boolean;
}
