import type { DiskStat } from "../ports/source-disk.ts";

/** What the index remembers of a file that was backed up. */
export interface IndexEntry {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAtNs: bigint;
  readonly changedAtNs: bigint;
  /** The mode that the service has; undefined for none. */
  readonly mode: number | undefined;
  readonly sha256: string;
  /** False when the file was so young that a later change could have left the same times. */
  readonly settled: boolean;
  /** Which device it was on and which file it was, as the disk names them; null when an older agent wrote the entry. */
  readonly deviceId: string | null;
  readonly fileId: string | null;
}

/**
 * Coarsest time stamp of the disks we meet (FAT keeps two seconds): two changes closer together
 * than this may look like one.
 */
const TIMESTAMP_GRAIN_NS = 2_000_000_000n;

/**
 * Whether a file's times say enough: both lie clearly before the moment it was read. A younger file
 * is read again next time, since a change right after could have left the same size and times.
 */
export function isSettled(stat: DiskStat, readAtMs: number): boolean {
  const readAtNs = BigInt(readAtMs) * 1_000_000n;
  const youngest = stat.modifiedAtNs > stat.changedAtNs ? stat.modifiedAtNs : stat.changedAtNs;
  return youngest + TIMESTAMP_GRAIN_NS < readAtNs;
}

/**
 * Whether the service has the mode of a file or folder, or the disk has none. A mode is no difference
 * of the file: it is saved beside it, without its bytes and without a new generation.
 */
export function isModeSaved(stat: Pick<DiskStat, "mode">, saved: number | undefined): boolean {
  return stat.mode === undefined || stat.mode === saved;
}

/**
 * Whether a file can be told unchanged without reading it: same size, modification time and change
 * time as when it was backed up, and settled then (F21).
 */
export function isUnchanged(stat: DiskStat, entry: IndexEntry): boolean {
  return (
    entry.settled &&
    stat.sizeBytes === entry.sizeBytes &&
    stat.modifiedAtNs === entry.modifiedAtNs &&
    stat.changedAtNs === entry.changedAtNs
  );
}
