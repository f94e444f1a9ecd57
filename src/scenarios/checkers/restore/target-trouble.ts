import type { DiskFault } from "../../../sim-server/faults/disk-fault.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";
import { asOnDisk } from "../shared/as-on-disk.ts";
import { hits } from "../shared/communication.ts";
import { DISK_FAILS, NOT_WRITABLE, type RestoreOutcome } from "./restore-outcomes.ts";

/** What the disk's faults, which truly struck, do to a path below the folder that is restored to. */
export interface TargetTrouble {
  readonly outcomes: readonly RestoreOutcome[];
  /** Whether nothing else is possible for a file that has to be written there. */
  readonly isCertain: boolean;
}

/** What the disk's faults allow at a path below the folder; "" is the folder itself. */
export function targetTroubleAt(run: RestoreRun, path: string): TargetTrouble {
  const at = asOnDisk(run, path === "" ? run.to : `${run.to}/${path}`);
  const outcomes: RestoreOutcome[] = [];
  let isCertain = false;
  for (const [index, fault] of (run.faults.disk ?? []).entries()) {
    if (fault.kind === "delay" || hits(run, "disk", index) === 0) continue;
    const placed = { ...fault, path: asOnDisk(run, fault.path) };
    if (!concerns(placed, at)) continue;
    outcomes.push(OUTCOMES[fault.kind]);
    isCertain ||= (fault.nth ?? 1) === 1 && fault.times === "forever" && isUnavoidable(placed, at);
  }
  return { outcomes, isCertain };
}

/** Whether any fault of the disk struck. */
export function diskStruck(run: RestoreRun): boolean {
  return (run.faults.disk ?? []).some((_, index) => hits(run, "disk", index) > 0);
}

/**
 * Whether a fault struck that may have been taken for a refusal of the folder itself: the agent looks at
 * it, and tries to write there, before it begins.
 */
export function rootPerhapsRefused(run: RestoreRun): boolean {
  return (run.faults.disk ?? []).some(
    ({ kind }, index) => REFUSING.has(kind) && hits(run, "disk", index) > 0,
  );
}

const REFUSING: ReadonlySet<string> = new Set([
  "access-denied",
  "busy",
  "not-found",
  "name-too-long",
]);

// A file is written under a name of its own in its folder: a fault on a name strikes that name only,
// one on all that is below a folder strikes everything in it.
function concerns({ path, below }: DiskFault, at: string): boolean {
  if (below === true) return at === path || at.startsWith(`${path}/`);
  return at === path || at.startsWith(`${path}/`) || path.startsWith(`${at}/`);
}

/** Calls without which no file with bytes comes into being. */
const UNAVOIDABLE: ReadonlySet<string> = new Set(["write", "sync", "utimes"]);

function isUnavoidable({ operation, path, below }: DiskFault, at: string): boolean {
  return below === true && UNAVOIDABLE.has(operation) && at.startsWith(`${path}/`);
}

const OUTCOMES = {
  "access-denied": NOT_WRITABLE,
  busy: NOT_WRITABLE,
  "io-error": DISK_FAILS,
  "name-too-long": DISK_FAILS,
  "no-space": DISK_FAILS,
  "not-found": DISK_FAILS,
} as const satisfies Record<string, RestoreOutcome>;
