import type { BackupCauseId } from "../../../protocol/causes/causes.ts";
import type { BackupRun } from "../../observation/backup-run.ts";

/** Room on the service during one run, in bytes. */
export interface Room {
  readonly freeBytesAtStart: number;
  /** The most that can ever have been free: old generations may have fallen out, and others deleted, meanwhile. */
  readonly freeBytesMax: number;
  /** Whether all that had to be sent fits, in whatever order it goes. */
  readonly fitsAll: boolean;
  /** Whether it cannot fit, in whatever order it goes. */
  readonly mustRunOut: boolean;
  /** The least that can have been free at any moment. */
  readonly freeBytesMin: number;
  /** Whether nobody but this run changed what is free. */
  readonly isSettled: boolean;
}

/** A file that may be sent; `isMust` when the service lacks it for sure. */
export interface SizeToSend {
  readonly sizeBytes: number;
  /** What falls out when it becomes a generation (D6); 0 where that is not sure. */
  readonly fallingBytes: number;
  readonly isMust: boolean;
}

/** The room of a run that has to send these files. */
export function roomOf(run: BackupRun, files: readonly SizeToSend[]): Room {
  const { serviceBefore: before, serviceAfter: after } = run;
  const sumOf = (some: readonly SizeToSend[]): number =>
    some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const mustBytes = sumOf(files.filter(({ isMust }) => isMust));
  const quotaMin = Math.min(before.quotaBytes, after.quotaBytes);
  const quotaMax = Math.max(before.quotaBytes, after.quotaBytes);
  const droppedBytes = bytesThatFellOut(run) + bytesOthersMayFree(run);
  const freeBytesAtStart = before.quotaBytes - before.usedBytes;
  const freeBytesMax = quotaMax - before.usedBytes + droppedBytes;
  const othersBytes = run.crowded ? Infinity : 0;
  // In the worst order, all that need more than they free come first.
  const growth = files.map(({ sizeBytes, fallingBytes }) => Math.max(0, sizeBytes - fallingBytes));
  const growthBytes = growth.reduce((sum, bytes) => sum + bytes, 0);
  return {
    freeBytesAtStart,
    freeBytesMax,
    fitsAll: growthBytes + othersBytes <= quotaMin - before.usedBytes,
    mustRunOut:
      mustBytes > quotaMax - before.usedBytes + mostThatCanFallOut(run) + bytesOthersMayFree(run),
    isSettled: !run.crowded && !run.afterStop && quotaMin === quotaMax,
    freeBytesMin: quotaMin - after.usedBytes - droppedBytes,
  };
}

/** What falls out for sure when this run adds a generation to a file. */
export function fallingBytesOf({ serviceBefore }: BackupRun, path: string): number {
  const generations = serviceBefore.files.get(path)?.generations ?? [];
  const isFull = generations.length >= serviceBefore.generationCountMax;
  return isFull ? (generations.at(-1)?.sizeBytes ?? 0) : 0;
}

/** Which way of running out it is, for a file of this size (B-IC). */
export function capacityCausesOf(room: Room, sizeBytes: number): readonly BackupCauseId[] {
  // With others at work it depends on the very moment at which the agent asked how much is free.
  if (!room.isSettled) return ["B-IC-1", "B-IC-2", "B-IC-3"];
  if (room.freeBytesAtStart <= 0) return ["B-IC-2"];
  return sizeBytes > room.freeBytesAtStart ? ["B-IC-3"] : ["B-IC-1"];
}

function bytesThatFellOut(run: BackupRun): number {
  let bytes = 0;
  for (const [path, file] of run.serviceBefore.files) {
    const kept = run.serviceAfter.files.get(path)?.generations ?? [];
    const had = file.generations;
    const added = Math.max(0, kept.length === 0 ? 0 : newGenerationCount(had, kept));
    const lost = had.length + added - kept.length;
    for (const generation of had.slice(had.length - Math.max(0, lost))) {
      bytes += generation.sizeBytes;
    }
  }
  return bytes;
}

/**
 * The most that others who work on the same contract at the same time can have freed: all that was there
 * and is not below this run's destination.
 */
function bytesOthersMayFree({ crowded, serviceBefore }: BackupRun): number {
  if (!crowded) return 0;
  let ownBytes = 0;
  for (const { generations } of serviceBefore.files.values()) {
    for (const { sizeBytes } of generations) ownBytes += sizeBytes;
  }
  return serviceBefore.usedBytes - ownBytes;
}

/** How many generations of `now` came after `before`: those ahead of the newest one that was there. */
function newGenerationCount(
  before: readonly { readonly sha256: string }[],
  now: readonly { readonly sha256: string }[],
): number {
  const newest = before[0]?.sha256;
  const at = now.findIndex((generation) => generation.sha256 === newest);
  return at === -1 ? now.length : at;
}

function mostThatCanFallOut(run: BackupRun): number {
  let bytes = 0;
  for (const file of run.serviceBefore.files.values()) {
    const { generations } = file;
    if (generations.length < run.serviceBefore.generationCountMax) continue;
    bytes += generations.at(-1)?.sizeBytes ?? 0;
  }
  return bytes;
}
