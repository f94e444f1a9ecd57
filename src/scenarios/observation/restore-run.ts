import type { ConflictChoice, JobRecord } from "../../protocol/job-record.ts";
import type { JobObservation } from "./job-observation.ts";
import type { Loss } from "./loss.ts";
import type { NameFact } from "./name-fact.ts";
import type { ObservationWindow } from "./observation-window.ts";

/** What stands at a path of the disk, as somebody who looks at it sees it. */
export interface StandingFact {
  readonly kind: "file" | "folder" | "symbolic-link" | "other";
  /** Of files; empty for the rest. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly modifiedAtNs: bigint;
  /** Permission bits; undefined on disks without. */
  readonly mode: number | undefined;
  /** Blocks that take space and hold nothing but zeros. */
  readonly zeroBlockCount: number;
  /** What the user of the agent may do with it. */
  readonly access: "none" | "read" | "read-write";
  /** Another application holds it open and shares nothing. */
  readonly isLocked: boolean;
}

/** Path below some folder, names joined by `/`, "" for the folder itself -> what stands there. */
export type Standing = ReadonlyMap<string, StandingFact>;

/** What became of something on the disk between two looks at it. */
export interface StandingDifference {
  /** Absolute. */
  readonly path: string;
  readonly what: "created" | "created-empty" | "gone" | "replaced" | "touched";
}

/** A change that somebody else made in the folder that is restored to. */
export interface StandingChange {
  readonly atMs: number;
  /** Below the folder; "" for the folder itself. */
  readonly path: string;
  readonly before: StandingFact | undefined;
  readonly after: StandingFact | undefined;
  /** What was done, as the scenario calls it. */
  readonly action: string;
}

/** What somebody did on the service while a restore ran, as far as it is about the restored place. */
export interface StoredChange {
  readonly atMs: number;
  /** What was done, as the scenario calls it. */
  readonly action: string;
  /** Below the destination folder; "" for the folder itself. */
  readonly path: string;
}

/** A question about a file that stands in the way, and what the person answered (F42). */
export interface ConflictQuestion {
  /** Below the folder that is restored to. */
  readonly path: string;
  /** What the person was told that stands there, and that would be put there. */
  readonly existing: { readonly sizeBytes: number; readonly modifiedAtNs: bigint };
  readonly restored: { readonly sizeBytes: number; readonly modifiedAtNs: bigint };
  readonly choice: ConflictChoice;
  /** Also for all that follow. */
  readonly forAll: boolean;
}

/** One restore job, with what the world knows about its time. */
export interface RestoreRun extends JobObservation, ObservationWindow {
  /** What of it is restored: a path below the destination folder; "" for all of it. */
  readonly path: string;
  readonly entryKind: "file" | "folder";
  readonly generation: number | undefined;
  readonly onConflict: ConflictChoice;
  /** What a person was asked, in its order, in place of `onConflict`; undefined where nobody was to be asked. */
  readonly asked: readonly ConflictQuestion[] | undefined;
  /** The folder on the PC, as the scenario writes it. */
  readonly to: string;
  readonly storedChanges: readonly StoredChange[];
  /** How the restored place went away before the job began, when it did. */
  readonly placeLost: Loss | undefined;
  /** How the folder on the PC went away before the job began, when it did. */
  readonly targetLost: Loss | undefined;
  /** The folder that is restored to; empty when it is not there. */
  readonly targetBefore: Standing;
  readonly targetChanges: readonly StandingChange[];
  readonly targetAfter: Standing;
  /** Right after the process ended under the job and before the next one started, when it did. */
  readonly targetAtCrash: Standing | undefined;
  /** Absolute paths of all files on the disk at the end. */
  readonly filesAtEnd: ReadonlySet<string>;
  /** What the agent changed on the disk outside the folder. */
  readonly changesOutside: readonly StandingDifference[];
  /** Every name that the agent made or removed on the disk, in order. */
  readonly names: readonly NameFact[];
  /** Outside the folder: what somebody changed there, or moved there out of the folder. */
  readonly movedTo: readonly string[];
  /** How deep folders may be that it holds open. */
  readonly heldFolderDepthMax: number;
  /** Bytes that the agent could write before the disk was full, when it had a limit. */
  readonly freeBytes: number | undefined;
  /**
   * What the PC itself has in the source folder, when the last backup of it ended `completed` and
   * nothing changed since, neither here nor on the service.
   */
  readonly source: Standing | undefined;
  /**
   * Whether the deletion behind that backup ended `completed`, and nothing that is gone was forgotten with
   * a lost power: then the service has nothing else but `keptPaths`.
   */
  readonly isMirrored: boolean;
  /** What that deletion kept back (対象外), by its path below the destination: it is gone and still stored. */
  readonly keptPaths: readonly string[];
  /** The login was gone when the job began. */
  readonly signedOut: boolean;
  /** A neighbour backed up at the same time. */
  readonly crowded: boolean;
  /** Whether the restore before it was cut off. */
  readonly afterRestart: boolean;
  /** The row as it was when the job had just begun. */
  readonly jobAtStart: JobRecord;
}
