import type { Message } from "../../messages/message.ts";
import type { DiskStat, SourceDisk } from "./source-disk.ts";

/** A new file that is being written. Methods reject with `DiskError` only. */
export interface FileToWrite {
  /** Writes all of `bytes` at `offsetBytes`. */
  write(bytes: Uint8Array, offsetBytes: number): Promise<void>;
  /** Cuts the file off, or fills it up with zeros. */
  truncate(sizeBytes: number): Promise<void>;
  /** As close to this as the host can set: Node passes a double of seconds on, which is 0.24 µs apart today. */
  setModifiedAt(modifiedAtNs: bigint): Promise<void>;
  /** Permission bits, to the letter. False where the disk cannot have them; Windows has none to set. */
  setMode(mode: number): Promise<boolean>;
  /** Resolves when content and times survive a loss of power. */
  sync(): Promise<void>;
  /** Never rejects; closing twice is allowed. */
  close(): Promise<void>;
}

/** What a folder is like beside what it holds. */
export interface FolderAttributes {
  readonly modifiedAtNs: bigint | undefined;
  /** Permission bits; undefined where nothing is known of them. */
  readonly mode: number | undefined;
}

/** A folder that is held: what is done below `path` is done in that very folder, whatever its name becomes. */
export interface HeldFolder {
  readonly path: string;
  /** Of the folder itself, as in `DiskStat`. */
  readonly fileId: string;
  /** Never rejects; afterwards `path` leads nowhere. */
  release(): Promise<void>;
}

/**
 * The disk that is restored to. Paths are the disk's own absolute texts; build them with `join`.
 * Methods reject with `DiskError` only, and none follows a symbolic link in the last name of a path.
 * The source of a backup is never given as this port (I7).
 */
export interface TargetDisk extends Pick<
  SourceDisk,
  "join" | "baseName" | "absolute" | "stat" | "list" | "open"
> {
  /**
   * Why this host cannot have a file or folder of this name, for people; undefined when it can. Only
   * what is known beforehand: on Windows reserved names, trailing dots and spaces, `< > : " | ? * \`.
   */
  nameRefusal(name: string): Message | undefined;
  /**
   * Makes one folder; rejects with `exists` when anything stands there, with `not-found` without its parent.
   * With a mode, which it gets at the end, it is open to nobody for whom that is not.
   */
  createFolder(path: string, mode?: number): Promise<void>;
  /**
   * Makes a new file; rejects with `exists` when anything stands there. A `private` one can be read by its
   * owner alone until its mode is set.
   */
  create(path: string, access: "private" | "as-usual"): Promise<FileToWrite>;
  /** Gives a file that is there another mode; see `FileToWrite.setMode`. */
  setMode(path: string, mode: number): Promise<boolean>;
  /** Puts `from` in the place of `to` in one step, replacing a file there. */
  rename(from: string, to: string): Promise<void>;
  /** Puts `from` at `to` in one step; rejects with `exists` when anything stands there. */
  renameNew(from: string, to: string): Promise<void>;
  /** Removes a file. */
  remove(path: string): Promise<void>;
  /**
   * Gives a folder its attributes, if any, and resolves when they and the names in it survive a loss of
   * power, on hosts that have such a thing. False where the disk cannot have the mode.
   */
  syncFolder(path: string, attributes?: FolderAttributes): Promise<boolean>;
  /**
   * Holds a folder, so that nothing that is put into it goes through a link that takes the place of it or of
   * a folder above. Undefined on hosts without such a thing, and where the folder may not be read. Rejects
   * with `not-a-folder` where a link, something else or nothing stands by now.
   */
  hold(path: string): Promise<HeldFolder | undefined>;
  /** State of the path itself; undefined when nothing stands there. */
  find(path: string): Promise<DiskStat | undefined>;
}
