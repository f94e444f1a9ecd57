import { isDestinationTouched } from "./touched.ts";
import type { DeleteRun } from "../../observation/delete-run.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { StateRepair } from "../../observation/state-repair.ts";
import type { StopFact } from "../../observation/stop-fact.ts";
import { isWell } from "./outcome.ts";

/** A content that the agent was told to be on the service, with the time and the mode it had on the disk. */
interface AcknowledgedContent {
  readonly sha256: string;
  readonly timeStamp: number;
  readonly mode: number;
}

/** Which entries, on which devices, stood at a path when the agent last had it saved; several when it cannot be told. */
export interface SeenEntry {
  readonly entries: ReadonlySet<number>;
  readonly devices: ReadonlySet<number>;
}

/** What one agent has put into one destination and knows of it, as its earlier jobs show. Paths are below the destination. */
export interface AgentKnowledge {
  /** The source as the agent numbers it: added again it is another one, and nothing is known of it. */
  readonly sourceId: number | null;
  /** How often its destination had become another folder, or an older one, when it last looked. */
  readonly destinationChangeCount: number;
  /** How often its state file had been repaired when it last looked. */
  readonly repairCount: number;
  /** What the agent was told to be on the service, as far as the world can tell for sure. */
  readonly acknowledged: ReadonlyMap<string, AcknowledgedContent>;
  /** Members {@link underWayKey}: what a stopped job may have had under way. It may arrive only now. */
  readonly underWay: ReadonlySet<string>;
  /** Every file that the agent can ever have sent. Whatever else is there, somebody else put there. */
  readonly mayFiles: ReadonlySet<string>;
  /** Every folder that can have come into being there with what the agent sent. */
  readonly mayFolders: ReadonlySet<string>;
  /** Files that the agent knows to be there: path -> bytes. */
  readonly sureFiles: ReadonlyMap<string, number>;
  /** What stood at each path; of folders by the path with a `/` behind it. */
  readonly seen: ReadonlyMap<string, SeenEntry>;
  /** Devices that the agent may have remembered the source by (D15); `none` when perhaps by none yet. */
  readonly devices: ReadonlySet<number | "none">;
}

/** Before the first job. */
export const NOTHING_KNOWN: AgentKnowledge = {
  sourceId: null,
  destinationChangeCount: 0,
  repairCount: 0,
  acknowledged: new Map(),
  underWay: new Set(),
  mayFiles: new Set(),
  mayFolders: new Set(),
  sureFiles: new Map(),
  seen: new Map(),
  devices: new Set(["none"]),
};

/** The member of `AgentKnowledge.underWay` for a content at a path below the destination. */
export function underWayKey(path: string, sha256: string): string {
  return `${sha256} ${path}`;
}

/**
 * What of an agent's knowledge holds for the folder that stands there when a backup begins: what was learned
 * from another folder, or before the service was put back, says nothing about it (D18); nor does what a state file that
 * was repaired has not any more.
 */
export function knownOfThisFolder(run: BackupRun, earlier: AgentKnowledge): AgentKnowledge {
  const { destinationChangeCount, serviceBefore } = run;
  const before = ofThisSource(run, afterRepairs(run.repairs.slice(earlier.repairCount), earlier));
  if (before.sourceId === null || !serviceBefore.destinationExists) return before;
  if (before.destinationChangeCount === destinationChangeCount) return before;
  const { sourceId, devices } = before;
  return { ...NOTHING_KNOWN, sourceId, devices, destinationChangeCount };
}

/** Added again it is another source, of which nothing is known; what was on its way there may still arrive. */
function ofThisSource({ jobAtStart }: BackupRun, before: AgentKnowledge): AgentKnowledge {
  const { sourceId } = jobAtStart;
  const isOther = before.sourceId !== null && sourceId !== null && sourceId !== before.sourceId;
  if (!isOther) return before;
  const { destinationChangeCount, repairCount, underWay } = before;
  return { ...NOTHING_KNOWN, sourceId, destinationChangeCount, repairCount, underWay };
}

/**
 * What is left behind repairs of the state file: nothing is taken for unchanged unseen, and what the index does not
 * tell to be the agent's own is so no more, until a backup sees it on the PC.
 */
function afterRepairs(repairs: readonly StateRepair[], before: AgentKnowledge): AgentKnowledge {
  if (repairs.length === 0) return before;
  const { sourceId, destinationChangeCount, devices, underWay, mayFiles, mayFolders } = before;
  const repairCount = before.repairCount + repairs.length;
  const kept = {
    ...NOTHING_KNOWN,
    sourceId,
    destinationChangeCount,
    devices,
    underWay,
    repairCount,
  };
  return repairs.includes("lost") ? kept : { ...kept, mayFiles, mayFolders };
}

/** What is known after a backup; `before` is what of it holds for its folder. */
export function knownAfterBackup(run: BackupRun, before: AgentKnowledge): AgentKnowledge {
  const { sourceId } = run.jobAtStart;
  const own = sourceId === before.sourceId ? before : NOTHING_KNOWN;
  const mayFiles = new Set(own.mayFiles);
  const mayFolders = new Set(own.mayFolders);
  for (const fact of factsOf(run)) {
    if (fact === undefined || fact.path === run.sourcePath) continue;
    const path = fact.path.slice(run.sourcePath.length + 1);
    if (fact.kind === "file") mayFiles.add(path);
    if (fact.kind === "folder") mayFolders.add(path);
  }
  const sureFiles = new Map(own.sureFiles);
  // A row and its index entry are written together: what the history shows, the index has.
  for (const row of run.rows) {
    if (!isWell(row.status) || row.pathBase64 !== null || row.entryKind !== "file") continue;
    sureFiles.set(row.path, row.sizeBytes);
  }
  const { destinationChangeCount } = run.serviceBefore.destinationExists ? run : own;
  return {
    sourceId,
    destinationChangeCount,
    repairCount: run.repairs.length,
    acknowledged: acknowledgedAfter(run, before.acknowledged),
    underWay: underWayAfter(run, before.underWay),
    mayFiles,
    mayFolders,
    sureFiles,
    seen: seenAfter(run, own.seen),
    devices: devicesSeen(run, own.devices),
  };
}

/**
 * A file is remembered once it is saved, a folder once it is there; a job that was stopped may remember either,
 * and of a file that it had not saved its note tells which one it was about to send.
 */
function seenAfter(run: BackupRun, before: AgentKnowledge["seen"]): AgentKnowledge["seen"] {
  const saved = new Set(run.rows.filter(({ status }) => isWell(status)).map(({ path }) => path));
  const mayBeNoted = (path: string): boolean =>
    run.stop !== undefined ||
    run.rows.some((row) => row.path === path && row.status === "communication-error");
  const found = new Map<string, { entries: Set<number>; devices: Set<number> }>();
  for (const fact of factsOf(run)) {
    if (fact?.kind !== "file" && fact?.kind !== "folder") continue;
    const path = fact.path.slice(run.sourcePath.length + 1);
    if (fact.kind === "file" && !saved.has(path) && !mayBeNoted(path)) continue;
    const key = fact.kind === "folder" ? `${path}/` : path;
    const own = found.get(key) ?? { entries: new Set(), devices: new Set() };
    found.set(key, own);
    own.entries.add(fact.entryId);
    own.devices.add(fact.device);
  }
  const after = new Map(before);
  const isSure = run.stop === undefined && !run.afterRestart;
  for (const [key, { entries, devices }] of found) {
    const isSaved = isSure && (key.endsWith("/") || saved.has(key));
    const earlier = isSaved ? undefined : before.get(key);
    after.set(key, {
      entries: new Set([...entries, ...(earlier?.entries ?? [])]),
      devices: new Set([...devices, ...(earlier?.devices ?? [])]),
    });
  }
  return after;
}

/** What is known after a delete job, whether it worked or not. */
export function knownAfterDeletion(deletion: DeleteRun, before: AgentKnowledge): AgentKnowledge {
  const acknowledged = new Map(before.acknowledged);
  for (const { path } of deletion.work?.deletionRequests ?? []) acknowledged.delete(path);
  // A job notes what it is about to delete. Cut off there, it cannot know whether it still asked for that.
  if (isCut(deletion.stop) && deletion.work !== undefined) {
    for (const path of acknowledged.keys())
      if (!hasStood(deletion, path)) acknowledged.delete(path);
  }
  const mayFiles = new Set(before.mayFiles);
  const mayFolders = new Set(before.mayFolders);
  const sureFiles = new Map(before.sureFiles);
  for (const row of deletion.rows) {
    if (row.status !== "completed" && row.status !== "not-found") continue;
    if (row.entryKind === "folder") {
      mayFolders.delete(row.path);
    } else {
      mayFiles.delete(row.path);
      sureFiles.delete(row.path);
    }
  }
  const devices = devicesAfter(deletion, before.devices);
  return { ...before, acknowledged, mayFiles, mayFolders, sureFiles, devices };
}

/** Whether a file stood in the source throughout the backup before a delete job, so that it was none of its targets. */
function hasStood({ backup, sourcePath }: DeleteRun, path: string): boolean {
  const at = `${sourcePath}/${path}`;
  return (
    backup?.diskBefore.get(at)?.kind === "file" &&
    !backup.diskChanges.some((change) => change.path === at)
  );
}

function isCut(stop: StopFact | undefined): boolean {
  return stop?.kind === "kill" || stop?.kind === "power-loss";
}

/** More devices than one PC of a scenario has. */
const DEVICE_COUNT_MAX = 1_000_000;

/** The devices a source was on while a backup ran, of whatever PC; empty while it was not there. */
export function devicesDuring(run: BackupRun): ReadonlySet<number> {
  const facts = [
    run.diskBefore.get(run.sourcePath),
    ...run.diskChanges.filter(({ path }) => path === run.sourcePath).map(({ after }) => after),
  ];
  const before = run.machine * DEVICE_COUNT_MAX;
  return new Set(facts.flatMap((fact) => (fact === undefined ? [] : [before + fact.device])));
}

type Devices = AgentKnowledge["devices"];

/** Whatever stood at each path at some moment of the run. */
function factsOf(run: BackupRun): BackupRun["diskChanges"][number]["after"][] {
  return [...run.diskBefore.values(), ...run.diskChanges.map(({ after }) => after)];
}

function acknowledgedAfter(
  run: BackupRun,
  before: AgentKnowledge["acknowledged"],
): AgentKnowledge["acknowledged"] {
  const isSame = run.jobAtStart.sourceId !== null && run.serviceBefore.destinationExists;
  const after = new Map(isSame && !isDestinationTouched(run) ? before : []);
  const changed = new Set(run.diskChanges.map(({ path }) => path));
  for (const row of run.rows) {
    const diskPath = `${run.sourcePath}/${row.path}`;
    const fact = run.diskBefore.get(diskPath);
    after.delete(row.path);
    if (!isWell(row.status) || fact?.kind !== "file" || changed.has(diskPath)) continue;
    // A job that was cut off may have lost what it noted last.
    if (isCut(run.stop)) continue;
    const { sha256, timeStamp, mode } = fact;
    after.set(row.path, { sha256, timeStamp, mode });
  }
  forgetReplaced(run, after);
  return after;
}

/** A path that has another kind by now: what the agent knew of the old one is worth nothing once it is back. */
function forgetReplaced(run: BackupRun, acknowledged: Map<string, AcknowledgedContent>): void {
  const kindsAt = (path: string): ReadonlySet<string | undefined> => {
    const at = `${run.sourcePath}/${path}`;
    const changes = run.diskChanges.filter((change) => change.path === at);
    return new Set([run.diskBefore.get(at)?.kind, ...changes.map(({ after }) => after?.kind)]);
  };
  for (const path of acknowledged.keys()) {
    const names = path.split("/");
    const isReplaced =
      kindsAt(path).has("folder") ||
      names.slice(1).some((_, index) => kindsAt(names.slice(0, index + 1).join("/")).has("file"));
    if (isReplaced) acknowledged.delete(path);
  }
}

function underWayAfter(run: BackupRun, before: ReadonlySet<string>): ReadonlySet<string> {
  if (run.stop === undefined) return NOTHING_KNOWN.underWay;
  const found = new Set(before);
  for (const fact of factsOf(run)) {
    if (fact?.kind !== "file") continue;
    found.add(underWayKey(fact.path.slice(run.sourcePath.length + 1), fact.sha256));
  }
  return found;
}

/** Any backup that gets as far as its source remembers the device, if none is remembered yet. */
function devicesSeen(run: BackupRun, before: Devices): Devices {
  if (!before.has("none")) return before;
  const isSure = run.stop?.kind !== "power-loss" && run.rows.some(({ status }) => isWell(status));
  const found = new Set([...before, ...devicesDuring(run)]);
  if (isSure) found.delete("none");
  return found;
}

/** Remembered when it is first seen, and anew when a person confirms. */
function devicesAfter({ backup, job, isConfirmed }: DeleteRun, before: Devices): Devices {
  if (backup === undefined) return before;
  const seen = devicesDuring(backup);
  const isSettled = seen.size === 1 && !job.causes.includes("DEL-NR-1") && job.endedAtMs !== null;
  if (isSettled && isConfirmed) return seen;
  const found = new Set<number | "none">(isConfirmed ? seen : []);
  for (const device of before) {
    if (device !== "none") found.add(device);
    else for (const one of seen) found.add(one);
  }
  if (before.has("none") && !isSettled) found.add("none");
  return found;
}
