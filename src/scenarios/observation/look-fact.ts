import type { JobRecord } from "../../protocol/job-record.ts";
import type { DeviceName } from "./device-name.ts";

/** What somebody saw who looked at the lists of the history. */
export interface LookFact {
  readonly device: DeviceName;
  /** The rows of all lists. */
  readonly rows: readonly JobRecord[];
  /** Jobs that were at work at that moment, as the world knows it. */
  readonly workingIds: readonly number[];
}
