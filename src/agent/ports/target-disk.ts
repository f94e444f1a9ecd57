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
  /** Resolves when content and times survive a loss of power. */
  sync(): Promise<void>;
  /** Never rejects; closing twice is allowed. */
  close(): Promise<void>;
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
  /** Makes one folder; rejects with `exists` when anything stands there, with `not-found` without its parent. */
  createFolder(path: string): Promise<void>;
  /** Makes a new file; rejects with `exists` when anything stands there. */
  create(path: string): Promise<FileToWrite>;
  /** Puts `from` in the place of `to` in one step, replacing a file there. */
  rename(from: string, to: string): Promise<void>;
  /** Puts `from` at `to` in one step; rejects with `exists` when anything stands there. */
  renameNew(from: string, to: string): Promise<void>;
  /** Removes a file. */
  remove(path: string): Promise<void>;
  /** Resolves when the names in a folder survive a loss of power; does nothing on hosts without that. */
  syncFolder(path: string): Promise<void>;
  /** State of the path itself; undefined when nothing stands there. */
  find(path: string): Promise<DiskStat | undefined>;
}
