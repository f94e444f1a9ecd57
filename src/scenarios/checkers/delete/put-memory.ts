import type { DeleteRun } from "../../observation/delete-run.ts";
import type { JobRun } from "../../observation/job-run.ts";
import { isWell } from "../shared/expectation.ts";

/** What one agent has put into one destination, as the earlier runs show it. */
export interface PutMemory {
  /** The source as the agent numbers it: added again it is another one, and nothing is known of it. */
  readonly sourceId: number | null;
  /** Every file that the agent can ever have sent. Whatever else is there, somebody else put there. */
  readonly mayFiles: ReadonlySet<string>;
  /** Every folder that can have come into being there with what the agent sent. */
  readonly mayFolders: ReadonlySet<string>;
  /** What the agent knows to be there: path -> bytes. */
  readonly sureFiles: ReadonlyMap<string, number>;
  /** Folders without targets that the agent knows to be there. */
  readonly sureFolders: ReadonlySet<string>;
  /** Devices that the agent may have remembered the source by (D15); `none` when perhaps by none yet. */
  readonly devices: ReadonlySet<number | "none">;
}

/** Nothing was put anywhere yet. */
export const NOTHING_PUT: PutMemory = {
  sourceId: null,
  mayFiles: new Set(),
  mayFolders: new Set(),
  sureFiles: new Map(),
  sureFolders: new Set(),
  devices: new Set(["none"]),
};

/** What is known after a backup. */
export function putAfterBackup(run: JobRun, before: PutMemory): PutMemory {
  const { sourceId } = run.jobAtStart;
  const known = sourceId === before.sourceId ? before : NOTHING_PUT;
  const mayFiles = new Set(known.mayFiles);
  const mayFolders = new Set(known.mayFolders);
  for (const fact of [...run.diskBefore.values(), ...run.diskChanges.map(({ after }) => after)]) {
    if (fact === undefined || fact.path === run.sourcePath) continue;
    const path = fact.path.slice(run.sourcePath.length + 1);
    if (fact.kind === "file") mayFiles.add(path);
    if (fact.kind === "folder") mayFolders.add(path);
  }
  const sureFiles = new Map(known.sureFiles);
  const sureFolders = new Set(known.sureFolders);
  // A row and its index entry are written together: what the history shows, the index has.
  for (const row of run.rows) {
    if (!isWell(row.status) || row.pathBase64 !== null) continue;
    if (row.entryKind === "file") sureFiles.set(row.path, row.sizeBytes);
    else sureFolders.add(row.path);
  }
  const devices = devicesSeen(run, known.devices);
  return { ...known, sourceId, mayFiles, mayFolders, sureFiles, sureFolders, devices };
}

/** Any backup that gets as far as its source remembers the device, if none is remembered yet. */
function devicesSeen(run: JobRun, before: Devices): Devices {
  if (!before.has("none")) return before;
  const isSure = run.stop?.kind !== "power-loss" && run.rows.some(({ status }) => isWell(status));
  const found = new Set([...before, ...devicesDuring(run)]);
  if (isSure) found.delete("none");
  return found;
}

/** What is known after a delete job, whether it worked or not. */
export function putAfterDeletion(deletion: DeleteRun, before: PutMemory): PutMemory {
  const mayFiles = new Set(before.mayFiles);
  const mayFolders = new Set(before.mayFolders);
  const sureFiles = new Map(before.sureFiles);
  const sureFolders = new Set(before.sureFolders);
  for (const row of deletion.rows) {
    if (row.status !== "completed" && row.status !== "not-found") continue;
    if (row.entryKind === "folder") {
      sureFolders.delete(row.path);
      mayFolders.delete(row.path);
    } else {
      mayFiles.delete(row.path);
      sureFiles.delete(row.path);
    }
  }
  return {
    ...before,
    mayFiles,
    mayFolders,
    sureFiles,
    sureFolders,
    devices: devicesAfter(deletion, before),
  };
}

/** The devices a source was on while a backup ran; empty while it was not there. */
export function devicesDuring(run: JobRun): ReadonlySet<number> {
  const facts = [
    run.diskBefore.get(run.sourcePath),
    ...run.diskChanges.filter(({ path }) => path === run.sourcePath).map(({ after }) => after),
  ];
  return new Set(facts.flatMap((fact) => (fact === undefined ? [] : [fact.device])));
}

/** Remembered when it is first seen, and anew when a person confirms. */
function devicesAfter({ backup, job, isConfirmed }: DeleteRun, before: PutMemory): Devices {
  if (backup === undefined) return before.devices;
  const seen = devicesDuring(backup);
  const isSettled = seen.size === 1 && !job.causes.includes("DEL-NR-1") && job.endedAtMs !== null;
  if (isSettled && isConfirmed) return seen;
  const found = new Set<number | "none">(isConfirmed ? seen : []);
  for (const device of before.devices) {
    if (device !== "none") found.add(device);
    else for (const one of seen) found.add(one);
  }
  if (before.devices.has("none") && !isSettled) found.add("none");
  return found;
}

type Devices = PutMemory["devices"];
