import { constants, promises as nodeFs } from "node:fs";
import nodePath from "node:path";

import { DiskError, type DiskEntry, type DiskStat, type OpenFile } from "../ports/source-disk.ts";
import type {
  FileToWrite,
  FolderAttributes,
  HeldFolder,
  TargetDisk,
} from "../ports/target-disk.ts";
import { diskRefusal } from "./disk-refusal.ts";
import { nearestSeconds } from "./nearest-seconds.ts";
import {
  NodeDisk,
  type NodeDiskFs,
  type NodeDiskHandle,
  type NodeDiskOptions,
} from "./node-disk.ts";
import { OPEN_FILES_FOLDER } from "./open-files-folder.ts";
import { windowsNameRefusal } from "./windows-name-refusal.ts";
import type { Message } from "../../messages/message.ts";

/** The part of `node:fs` promises that the adapter uses; the simulated disk offers the same part. */
export interface NodeTargetFs extends NodeDiskFs {
  open(path: string, flags: number, mode?: number): Promise<NodeTargetHandle>;
  mkdir(path: string, options?: { readonly mode?: number }): Promise<unknown>;
  utimes(path: string, accessedAt: string, modifiedAt: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

/** An open file that can be written, as `node:fs` has it. Times are text: numbers below 0 mean now. */
export interface NodeTargetHandle extends NodeDiskHandle {
  write(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesWritten: number }>;
  truncate(sizeBytes: number): Promise<void>;
  utimes(accessedAt: string, modifiedAt: string): Promise<void>;
  chmod(mode: number): Promise<void>;
  sync(): Promise<void>;
}

/** What `NodeTargetDisk` works on; by default the machine's own. */
export interface NodeTargetDiskOptions {
  /** Where the host shows what a process has open, as Linux does. Default: as this machine has it. */
  readonly openFilesFolder?: string | undefined;
  readonly fs?: NodeTargetFs;
  readonly path?: NonNullable<NodeDiskOptions["path"]>;
}

// Windows has no O_NOFOLLOW and no O_DIRECTORY, whatever the types say.
const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } =
  constants as Partial<typeof constants>;
const CREATE_FLAGS = (O_WRONLY ?? 1) | (O_CREAT ?? 0) | (O_EXCL ?? 0) | (O_NOFOLLOW ?? 0);
const FILE_FLAGS = (O_RDONLY ?? 0) | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);
const FOLDER_FLAGS = (O_RDONLY ?? 0) | (O_DIRECTORY ?? 0) | (O_NOFOLLOW ?? 0);

/** What a rename onto a folder is refused with; nothing else of it is in the way. */
const FOLDER_IN_THE_WAY: ReadonlySet<string> = new Set(["EISDIR", "ENOTEMPTY", "EEXIST"]);

/** What disks without hard links (FAT, some shares) refuse them with, and those where they are used up. */
const NO_HARD_LINK: ReadonlySet<string> = new Set([
  "EACCES",
  "EINVAL",
  "EISDIR",
  "EMLINK",
  "ENOSYS",
  "ENOTSUP",
  "EOPNOTSUPP",
  "EPERM",
]);

/** What disks without modes (FAT, some shares) refuse them with. */
const NO_MODE: ReadonlySet<string> = new Set([
  "EACCES",
  "EINVAL",
  "ENOSYS",
  "ENOTSUP",
  "EOPNOTSUPP",
  "EPERM",
]);

/** What a new file may be for others, before the host takes away what it does not give them. */
const USUAL_FILE_MODE = 0o666;
const PRIVATE_FILE_MODE = 0o600;
const FOLDER_MODE_BITS = 0o777;
/** What an owner needs to put something into a folder. */
const OWN_FOLDER_BITS = 0o700;

/** What opening a folder is refused with where a link stands by now, something else, or nothing. */
const NO_FOLDER_THERE: ReadonlySet<string> = new Set(["ELOOP", "ENOTDIR", "ENOENT"]);

/** What hosts refuse with where a folder cannot be synced by itself. */
const NO_FOLDER_SYNC: ReadonlySet<string> = new Set(["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** The machine's disk as the place of restores, or any disk that offers the same calls. */
export class NodeTargetDisk implements TargetDisk {
  readonly #fs: NodeTargetFs;
  readonly #reading: NodeDisk;
  readonly #isWindows: boolean;
  readonly #openFilesFolder: string | undefined;

  constructor(options: NodeTargetDiskOptions = {}) {
    this.#openFilesFolder = options.fs === undefined ? OPEN_FILES_FOLDER : options.openFilesFolder;
    const path = options.path ?? nodePath;
    // Node's own types do not say that opendir with encoding "buffer" yields names as bytes.
    this.#fs = options.fs ?? (nodeFs as unknown as NodeTargetFs);
    this.#reading = new NodeDisk({ fs: this.#fs, path });
    this.#isWindows = path.sep === "\\";
  }

  join(folder: string, name: string): string {
    return this.#reading.join(folder, name);
  }

  baseName(path: string): string {
    return this.#reading.baseName(path);
  }

  absolute(path: string): string {
    return this.#reading.absolute(path);
  }

  list(folder: string): AsyncIterable<readonly DiskEntry[]> {
    return this.#reading.list(folder);
  }

  stat(path: string): Promise<DiskStat> {
    return this.#reading.stat(path);
  }

  open(path: string): Promise<OpenFile> {
    return this.#reading.open(path);
  }

  nameRefusal(name: string): Message | undefined {
    return this.#isWindows ? windowsNameRefusal(name) : undefined;
  }

  async find(path: string): Promise<DiskStat | undefined> {
    try {
      return await this.stat(path);
    } catch (error) {
      const isNothing =
        error instanceof DiskError && (error.kind === "not-found" || error.kind === "not-a-folder");
      if (isNothing) return undefined;
      throw error;
    }
  }

  async hold(path: string): Promise<HeldFolder | undefined> {
    if (this.#openFilesFolder === undefined) return undefined;
    let handle: NodeTargetHandle | undefined;
    try {
      handle = await this.#fs.open(path, FOLDER_FLAGS);
      const { dev, ino } = await handle.stat({ bigint: true });
      return new NodeHeldFolder(handle, `${this.#openFilesFolder}/${handle.fd}/.`, `${dev}:${ino}`);
    } catch (error) {
      await handle?.close().catch(() => undefined);
      // By its name one would get to where the link leads, before that could be seen.
      if (NO_FOLDER_THERE.has(codeOf(error))) throw noFolder(path, error);
      // Then it is reached by its name, and what is done there finds out for itself.
      return undefined;
    }
  }

  async createFolder(path: string, mode?: number): Promise<void> {
    const options = mode === undefined ? {} : { mode: (mode & FOLDER_MODE_BITS) | OWN_FOLDER_BITS };
    await doing(path, "make the folder", () => this.#fs.mkdir(path, options));
  }

  async create(path: string, access: "private" | "as-usual"): Promise<FileToWrite> {
    const mode = access === "private" ? PRIVATE_FILE_MODE : USUAL_FILE_MODE;
    const action = "make the file";
    const handle = await doing(path, action, () => this.#fs.open(path, CREATE_FLAGS, mode));
    return new NodeFileToWrite(path, handle, this.#isWindows);
  }

  async setMode(path: string, mode: number): Promise<boolean> {
    if (this.#isWindows) return true;
    const handle = await doing(path, "open", () => this.#fs.open(path, FILE_FLAGS));
    try {
      return await chmod(path, handle, mode);
    } finally {
      await handle.close().catch(() => undefined);
    }
  }

  async rename(from: string, to: string): Promise<void> {
    try {
      await this.#fs.rename(from, to);
    } catch (error) {
      if (!FOLDER_IN_THE_WAY.has(codeOf(error))) throw diskRefusal(to, "put the file there", error);
      throw new DiskError(
        "exists",
        to,
        "cannot put the file there (a folder is in the way)",
        error,
      );
    }
  }

  async renameNew(from: string, to: string): Promise<void> {
    try {
      await this.#fs.link(from, to);
    } catch (error) {
      if (!NO_HARD_LINK.has(codeOf(error))) throw diskRefusal(to, "put the file there", error);
      return this.#renameWhereNothingIs(from, to);
    }
    await this.remove(from);
  }

  /**
   * For disks without hard links: what is seen at `to` is not overwritten. What somebody else puts
   * there between the look and the rename is lost, as with every program on such a disk.
   */
  async #renameWhereNothingIs(from: string, to: string): Promise<void> {
    if ((await this.find(to)) !== undefined) {
      throw new DiskError("exists", to, "cannot put the file there (something is in the way)");
    }
    await this.rename(from, to);
  }

  async remove(path: string): Promise<void> {
    await doing(path, "remove the file", () => this.#fs.unlink(path));
  }

  async syncFolder(path: string, attributes?: FolderAttributes): Promise<boolean> {
    const { modifiedAtNs, mode } = attributes ?? {};
    const seconds = modifiedAtNs === undefined ? undefined : String(nearestSeconds(modifiedAtNs));
    if (this.#isWindows) {
      // Windows syncs no folders that are opened for reading; NTFS writes its names to a journal by itself.
      if (seconds === undefined) return true;
      await doing(path, SET_TIMES, () => this.#fs.utimes(path, seconds, seconds));
      return true;
    }
    const action = "make the names in the folder durable";
    const handle = await doing(path, action, () => this.#fs.open(path, FOLDER_FLAGS));
    try {
      const isKept = mode === undefined || (await chmod(path, handle, mode));
      if (seconds !== undefined) {
        await doing(path, SET_TIMES, () => handle.utimes(seconds, seconds));
      }
      await syncNames(path, handle, action);
      return isKept;
    } finally {
      await handle.close().catch(() => undefined);
    }
  }
}

const SET_TIMES = "set the times of";

function noFolder(path: string, error: unknown): DiskError {
  return new DiskError("not-a-folder", path, "cannot open the folder (it is none any more)", error);
}

async function syncNames(path: string, handle: NodeTargetHandle, action: string): Promise<void> {
  try {
    await handle.sync();
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(codeOf(error))) throw diskRefusal(path, action, error);
  }
}

/** False on a disk that has no modes, or none that its user may set. */
async function chmod(path: string, handle: NodeTargetHandle, mode: number): Promise<boolean> {
  try {
    await handle.chmod(mode);
    return true;
  } catch (error) {
    if (NO_MODE.has(codeOf(error))) return false;
    throw diskRefusal(path, "set the mode of", error);
  }
}

class NodeHeldFolder implements HeldFolder {
  readonly path: string;
  readonly fileId: string;
  readonly #handle: NodeTargetHandle;
  #isReleased = false;

  constructor(handle: NodeTargetHandle, path: string, fileId: string) {
    this.#handle = handle;
    this.path = path;
    this.fileId = fileId;
  }

  async release(): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    await this.#handle.close().catch(() => undefined);
  }
}

class NodeFileToWrite implements FileToWrite {
  readonly #path: string;
  readonly #handle: NodeTargetHandle;
  readonly #isWindows: boolean;
  #closed = false;

  constructor(path: string, handle: NodeTargetHandle, isWindows: boolean) {
    this.#path = path;
    this.#handle = handle;
    this.#isWindows = isWindows;
  }

  async write(bytes: Uint8Array, offsetBytes: number): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      const { bytesWritten } = await doing(this.#path, "write", () =>
        this.#handle.write(bytes, written, bytes.length - written, offsetBytes + written),
      );
      if (bytesWritten === 0) throw new DiskError("io", this.#path, "cannot write (nothing was)");
      written += bytesWritten;
    }
  }

  async truncate(sizeBytes: number): Promise<void> {
    await doing(this.#path, "cut off", () => this.#handle.truncate(sizeBytes));
  }

  async setModifiedAt(modifiedAtNs: bigint): Promise<void> {
    const seconds = String(nearestSeconds(modifiedAtNs));
    await doing(this.#path, SET_TIMES, () => this.#handle.utimes(seconds, seconds));
  }

  async setMode(mode: number): Promise<boolean> {
    return this.#isWindows || chmod(this.#path, this.#handle, mode);
  }

  async sync(): Promise<void> {
    await doing(this.#path, "make durable", () => this.#handle.sync());
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // What has to last was synced before; nothing of it depends on the close.
    await this.#handle.close().catch(() => undefined);
  }
}

async function doing<Result>(
  path: string,
  action: string,
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw diskRefusal(path, action, error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
