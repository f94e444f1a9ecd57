import type { BackupCauseId } from "../../../protocol/cause.ts";
import type { FileStatus } from "../../../protocol/file-status.ts";

/** What a row of the details says: a file's status, or 対象外 (D16). */
type DetailStatus = FileStatus | "excluded";

/** One way in which an entry may end. */
export interface Outcome {
  readonly status: DetailStatus;
  /** True causes: a row with this status names at least one of them. Empty: none is asked for. */
  readonly causes: readonly BackupCauseId[];
}

/** What the world's facts allow one entry of the source to end as. */
export interface EntryExpectation {
  /** Path below the source root, names joined by `/`; "" is the root. */
  readonly path: string;
  readonly pathBase64: string | null;
  readonly entryKind: "file" | "folder" | "other";
  /** Not empty. One status alone means that it is demanded. */
  readonly outcomes: readonly Outcome[];
  /** Whether the details must have a row for it when the job came to its own end. */
  readonly rowRequired: boolean;
  /** A file whose present content the service did not have when the job began. */
  readonly mustBeSent: boolean;
  readonly sizeBytes: number;
}

/** The file is on the service now. */
export const COMPLETED: Outcome = { status: "completed", causes: [] };
/** The file was on the service already. */
export const NO_DIFFERENCE: Outcome = { status: "no-difference", causes: [] };
/** The entry is no target (D16, F18). */
export const EXCLUDED: Outcome = { status: "excluded", causes: [] };

/** An outcome with its true causes. */
export function outcome(status: DetailStatus, ...causes: BackupCauseId[]): Outcome {
  return { status, causes };
}

/** The one status that is demanded, or undefined when several are allowed. */
export function demandedStatus(expectation: EntryExpectation): DetailStatus | undefined {
  const [first, ...rest] = expectation.outcomes;
  return rest.every((other) => other.status === first?.status) ? first?.status : undefined;
}

/** Whether the target is well: on the service, now or already. */
export function isWell(status: DetailStatus): boolean {
  return status === "completed" || status === "no-difference";
}
