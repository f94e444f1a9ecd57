import type { RestoreCauseId } from "../../../protocol/causes/causes.ts";
import type { FileOutcome } from "../../core/file-outcome.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";

/** Something that has its outcome already: an empty folder that was made, what is not to be written. */
export interface SettledEntry {
  readonly kind: "settled";
  readonly row: Pick<JobFileRecord, "path" | "entryKind">;
  readonly outcome: FileOutcome<RestoreCauseId>;
}
