import type { SimDisk } from "../../../sim-server/disk/sim-disk.ts";
import type { DiskSnapshotEntry } from "../../../sim-server/disk/disk-snapshot.ts";
import { sha256 } from "../../scenario/content.ts";
import type { Standing, StandingDifference, StandingFact } from "../../observation/restore-run.ts";
import { isAtOrBelow } from "./scenario-path.ts";
import type { HostPaths } from "./host-path.ts";

/** What stands at and below a folder of the simulated disk, read from the disk itself; empty when it is not there. */
export function standingBelow(disk: SimDisk, paths: HostPaths, folder: string): Standing {
  const at = paths.toHost(folder);
  const found = new Map<string, StandingFact>();
  if (!disk.exists(at)) return found;
  for (const [path, entry] of disk.snapshot(at)) {
    found.set(paths.fromHost(path).slice(folder.length + 1), standingFact(entry, paths));
  }
  return found;
}

/** Everything on the disk, by absolute path. */
export function everythingStanding(disk: SimDisk, paths: HostPaths): Standing {
  const found = new Map<string, StandingFact>();
  for (const [path, entry] of disk.snapshot()) {
    found.set(paths.fromHost(path), standingFact(entry, paths));
  }
  return found;
}

/** What became different between two looks at the disk, below none of the folders `except`. */
export function differencesOutside(
  before: Standing,
  after: Standing,
  except: readonly string[],
): readonly StandingDifference[] {
  const isLookedAt = (path: string): boolean => !except.some((folder) => isAtOrBelow(path, folder));
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter(isLookedAt).flatMap((path): readonly StandingDifference[] => {
    const was = before.get(path);
    const is = after.get(path);
    if (was === undefined) {
      const isEmpty = is?.kind === "file" && is.sizeBytes === 0;
      return [{ path, what: isEmpty ? "created-empty" : "created" }];
    }
    if (is === undefined) return [{ path, what: "gone" }];
    if (was.kind !== is.kind || was.sha256 !== is.sha256) {
      return [{ path, what: "replaced" }];
    }
    // Folders get a new time with everything that anybody does in them.
    const isTouched = was.kind !== "folder" && was.modifiedAtNs !== is.modifiedAtNs;
    return isTouched ? [{ path, what: "touched" }] : [];
  });
}

/** Whether two looks saw the same at a path. */
export function isSameStanding(
  one: StandingFact | undefined,
  other: StandingFact | undefined,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.kind === other.kind &&
    one.sha256 === other.sha256 &&
    one.access === other.access &&
    one.mode === other.mode &&
    one.isLocked === other.isLocked &&
    (one.kind === "folder" || one.modifiedAtNs === other.modifiedAtNs)
  );
}

function standingFact(entry: DiskSnapshotEntry, { hasModes }: HostPaths): StandingFact {
  const { kind, bytes, modifiedAtNs, mode, zeroBlockCount, locked } = entry;
  const isFile = kind === "file";
  return {
    kind: isFile || kind === "folder" || kind === "symbolic-link" ? kind : "other",
    sha256: isFile ? sha256(bytes) : "",
    sizeBytes: isFile ? bytes.length : 0,
    modifiedAtNs,
    mode: hasModes ? mode : undefined,
    zeroBlockCount,
    access: accessTo(entry, hasModes),
    isLocked: locked,
  };
}

/** What the user of the agent, who owns everything, may do: as the access says, and a folder's mode. */
function accessTo(
  { kind, access, mode }: DiskSnapshotEntry,
  hasModes: boolean,
): StandingFact["access"] {
  const isBarred = hasModes && kind === "folder" && (mode & 0o200) === 0;
  return isBarred && access === "read-write" ? "read" : access;
}
