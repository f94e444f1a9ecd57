/**
 * Why a disk refused. Closed, so that every kind has a status (jobs/backup/disk-failure.ts).
 * `locked`: another application holds the file open and shares nothing (Windows EBUSY/EPERM on open).
 */
export type DiskErrorKind =
  | "not-found"
  | "access-denied"
  | "locked"
  | "not-a-folder"
  | "name-too-long"
  | "exists"
  | "disk-full"
  | "io";

/** What every method of `SourceDisk` rejects with, and nothing else. */
export class DiskError extends Error {
  readonly kind: DiskErrorKind;
  readonly path: string;

  constructor(kind: DiskErrorKind, path: string, detail: string, cause?: unknown) {
    super(`${detail}: ${path}`, { cause });
    this.name = "DiskError";
    this.kind = kind;
    this.path = path;
  }
}

/** What stands at a path. Everything but `file` and `folder` is no target (D16). */
export type DiskEntryKind =
  | "file"
  | "folder"
  | "symbolic-link"
  | "fifo"
  | "socket"
  | "device"
  | "unknown";

/** One name in a folder. */
export interface DiskEntry {
  /** The name exactly as the disk has it; `undefined` when its bytes are not valid Unicode (D12). */
  readonly name: string | undefined;
  /** The name's bytes in UTF-8 or, when undecodable, as they are. Order names by these. */
  readonly nameBytes: Uint8Array;
  readonly kind: DiskEntryKind;
}

/** What the disk knows about one path, links not followed. */
export interface DiskStat {
  readonly kind: DiskEntryKind;
  readonly sizeBytes: number;
  /** Nanoseconds since 1970; may be negative or far in the future. */
  readonly modifiedAtNs: bigint;
  /** When content or metadata last changed, where the disk keeps that; else equal to `modifiedAtNs`. */
  readonly changedAtNs: bigint;
  /** Permission bits (`MODE_BITS`); undefined where the disk has none. */
  readonly mode: number | undefined;
  /**
   * Differs between files that exist at the same time on one device, and stays the same over a rename
   * where the disk keeps such ids; FAT and some network file systems do not (core/id-witnesses.ts).
   */
  readonly fileId: string;
  /**
   * The device the path is on: changes when another disk is mounted there (D15). Where the host tells what is
   * mounted where, also when another folder of the same file system is (core/device-id.ts says what is the same).
   */
  readonly deviceId: string;
}

/** A file held open for reading. A rename or deletion meanwhile does not end the reading. */
export interface OpenFile {
  /** State of the open file itself, not of what its name now leads to. */
  stat(): Promise<DiskStat>;
  /**
   * Reads up to `buffer.length` bytes at `offsetBytes` into `buffer`; the count may be short and is
   * 0 only at the end of the file.
   */
  read(buffer: Uint8Array, offsetBytes: number): Promise<number>;
  /** Never rejects; closing twice is allowed. */
  close(): Promise<void>;
}

/**
 * The disk that is backed up, read-only by design: the agent cannot write to a source because it
 * has no method for it (I7). Paths are the disk's own absolute texts; build them with `join`.
 * Methods reject with `DiskError` only. None follows a symbolic link. Nothing is retried here.
 */
export interface SourceDisk {
  /** The path of `name` in `folder`, with the disk's own separator. */
  join(folder: string, name: string): string;
  /** The last name of a path: what a source folder is called on the service (F10). */
  baseName(path: string): string;
  /**
   * A name as people see it: on macOS a colon on the disk is what the Finder shows, and lets them type, as a
   * slash. Everywhere else the name itself.
   */
  shownName(name: string): string;
  /**
   * The same disk as far as it is below a folder: where the host can tell what was opened (Linux), nothing is listed
   * or read that lies elsewhere, whatever links other processes put on the way meanwhile; that is not found. Elsewhere
   * only the last name of a path is not followed.
   */
  within(root: string): SourceDisk;
  /** The absolute form of what a person typed, without touching the disk. */
  absolute(path: string): string;
  /**
   * The names in a folder, in no order, in chunks of at most a few hundred so that a huge folder
   * does not have to fit into memory. `.` and `..` are left out. A folder that changes meanwhile
   * yields each name at most once and every name that was there throughout.
   */
  list(folder: string): AsyncIterable<readonly DiskEntry[]>;
  /** State of the path itself. What is mounted may have been looked at up to 100 ms before the folder was listed. */
  stat(path: string): Promise<DiskStat>;
  /** As `stat`, with the device by what is mounted at this very moment; takes several times as long. */
  statNow(path: string): Promise<DiskStat>;
  /** State of an entry of a folder, also of one whose name is no valid Unicode. */
  statEntry(folder: string, entry: Pick<DiskEntry, "nameBytes">): Promise<DiskStat>;
  /**
   * The path of what stands there as the disk itself spells it, links followed. A host that cannot tell
   * gives the path as it was given, where the disk is blind to letter case or normalisation too.
   */
  spelling(path: string): Promise<string>;
  /** Which of `names` in `folder` carry the hidden attribute; empty on hosts without one (F18). */
  hiddenNames(folder: string): Promise<ReadonlySet<string>>;
  /**
   * Opens a file for reading; sharing with other readers and writers where the host can. Waits for
   * nobody: what else may stand there by now opens too, or is not found, as a link is not.
   */
  open(path: string): Promise<OpenFile>;
}
