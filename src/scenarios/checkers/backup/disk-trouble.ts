import type { BackupRun } from "../../observation/backup-run.ts";
import { asOnDisk } from "../shared/as-on-disk.ts";
import { hits } from "../shared/communication.ts";
import { outcome } from "../shared/outcome.ts";
import type { BackupOutcome } from "./entry-expectation.ts";

/** What the disk's faults allow the entry at a path to end as. */
export interface PathTrouble {
  readonly outcomes: readonly BackupOutcome[];
  /** Whether nothing else is possible for an entry that has to be read. */
  readonly isCertain: boolean;
}

/** The disk's faults in one run, by path. */
export interface DiskTrouble {
  at(path: string): PathTrouble | undefined;
}

/** What the disk's faults allow, from those that truly struck, at every spelling that the disk takes for their paths. */
export function diskTroubleOf(run: Pick<BackupRun, "faults" | "fired" | "disk">): DiskTrouble {
  const byPath = new Map<string, PathTrouble>();
  for (const [index, fault] of (run.faults.disk ?? []).entries()) {
    if (fault.kind === "delay" || hits(run, "disk", index) === 0) continue;
    const found = FAULT_OUTCOMES[fault.kind];
    // A stat or a listing that fails may be repeated or not be needed; one that always fails decides. Where something
    // truly stands can be found out in another way.
    const isCertain =
      (fault.nth ?? 1) === 1 && fault.times === "forever" && fault.operation !== "readlink";
    const place = asOnDisk(run, fault.path);
    const before = byPath.get(place);
    byPath.set(place, {
      outcomes: [...(before?.outcomes ?? []), ...found],
      isCertain: isCertain || (before?.isCertain ?? false),
    });
  }
  return { at: (path) => byPath.get(asOnDisk(run, path)) };
}

const FAULT_OUTCOMES = {
  "access-denied": [outcome("access-denied", "B-AD-1", "B-AD-2")],
  "io-error": [outcome("unexpected", "B-UX-10")],
  "not-found": [outcome("unexpected", "B-UX-3", "B-UX-4", "B-UX-5")],
  busy: [outcome("unexpected", "B-UX-2")],
  "name-too-long": [outcome("unexpected", "B-UX-10")],
  "no-space": [outcome("unexpected", "B-UX-10")],
} as const satisfies Record<string, readonly BackupOutcome[]>;
