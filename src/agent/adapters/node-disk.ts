import { constants, promises as nodeFs } from "node:fs";
import type { BigIntStats } from "node:fs";
import nodePath from "node:path";

import { MODE_BITS } from "../../protocol/posix-mode.ts";
import {
  DiskError,
  type DiskEntry,
  type DiskEntryKind,
  type DiskStat,
  type OpenFile,
  type SourceDisk,
} from "../ports/source-disk.ts";
import { diskRefusal } from "./disk-refusal.ts";
import type { HostMounts } from "./mounts/host-mounts.ts";
import { LinuxMounts } from "./mounts/linux-mounts.ts";
import { MountedPlaces } from "./mounts/mounted-places.ts";
import { SourceBoundary } from "./source-boundary.ts";
import { OPEN_FILES_FOLDER } from "./open-files-folder.ts";
import { windowsHiddenNames } from "./windows-hidden-names.ts";

/** What tells the kind of an entry, in Node's `Dirent` and `Stats` alike. */
interface KindTests {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
  isBlockDevice(): boolean;
  isCharacterDevice(): boolean;
}

/** The part of `node:fs` promises that the adapter uses; the simulated disk offers the same part. */
export interface NodeDiskFs {
  lstat(path: string | Buffer, options: { bigint: true }): Promise<BigIntStats>;
  realpath(path: string): Promise<string>;
  opendir(
    path: string,
    options: { encoding: "buffer"; bufferSize: number },
  ): Promise<NodeDiskFolder>;
  readlink(path: string): Promise<string>;
  open(path: string, flags: number): Promise<NodeDiskHandle>;
}

/** An open folder, as `node:fs` has it: `null` after the last entry. */
interface NodeDiskFolder {
  read(): Promise<NodeDiskEntry | null>;
  readSync(): NodeDiskEntry | null;
  closeSync(): void;
}

type NodeDiskEntry = KindTests & { readonly name: Uint8Array };

/** An open file, as `node:fs` has it. */
export interface NodeDiskHandle {
  readonly fd: number;
  stat(options: { bigint: true }): Promise<BigIntStats>;
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }>;
  close(): Promise<void>;
}

/** What `NodeDisk` works on; by default the machine's own. */
export interface NodeDiskOptions {
  readonly fs?: NodeDiskFs;
  readonly path?: Pick<typeof nodePath, "join" | "basename" | "resolve" | "sep">;
  /** Names in a folder that carry the hidden attribute (F18). */
  readonly hiddenNames?: (folder: string) => Promise<ReadonlySet<string>>;
  /** What is mounted where. Default: with the machine's own `fs` on Linux its mount table, else nothing is told. */
  readonly mounts?: HostMounts;
  /** Where the host shows what a process has open, as Linux does. Default: as this machine has it. */
  readonly openFilesFolder?: string | undefined;
  /** Whether people see a colon of the disk as a slash. Default: on macOS. */
  readonly showsColonAsSlash?: boolean;
  /** Names that are fetched with one call. Default 256. */
  readonly namesTogetherCount?: number;
}

// For what took a file's place since it was listed: a link is not followed, a FIFO not waited for.
// Windows has neither flag, whatever the types say.
const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants as Partial<typeof constants>;
const READ_FLAGS = (O_RDONLY ?? 0) | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);

const NAMES_TOGETHER_COUNT = 256;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const NOTHING_HIDDEN: ReadonlySet<string> = new Set();

function entryKind(tests: KindTests): DiskEntryKind {
  if (tests.isFile()) return "file";
  if (tests.isDirectory()) return "folder";
  if (tests.isSymbolicLink()) return "symbolic-link";
  if (tests.isFIFO()) return "fifo";
  if (tests.isSocket()) return "socket";
  return tests.isBlockDevice() || tests.isCharacterDevice() ? "device" : "unknown";
}

function toDiskStat(
  stats: BigIntStats,
  hasModes: boolean,
  mountedPlace: string | undefined,
): DiskStat {
  return {
    kind: entryKind(stats),
    sizeBytes: Number(stats.size),
    modifiedAtNs: stats.mtimeNs,
    changedAtNs: stats.ctimeNs,
    mode: hasModes ? Number(stats.mode) & MODE_BITS : undefined,
    fileId: `${stats.dev}:${stats.ino}`,
    deviceId: mountedPlace === undefined ? `${stats.dev}` : `${stats.dev}:${mountedPlace}`,
  };
}

function decodeName(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Reads as many entries as one call to the disk fetches. Only the first is waited for: Node hands
 * the others of that call out from memory, many times faster than one promise an entry.
 */
async function readChunk(
  folder: NodeDiskFolder,
  entryCount: number,
): Promise<readonly DiskEntry[]> {
  const chunk: DiskEntry[] = [];
  for (
    let entry = await folder.read();
    entry !== null;
    entry = chunk.length < entryCount ? folder.readSync() : null
  ) {
    const { name: nameBytes } = entry;
    chunk.push({ name: decodeName(nameBytes), nameBytes, kind: entryKind(entry) });
  }
  return chunk;
}

/** The machine's disk through `node:fs`, or any disk that offers the same calls. */
export class NodeDisk implements SourceDisk {
  readonly #fs: NodeDiskFs;
  readonly #path: NonNullable<NodeDiskOptions["path"]>;
  readonly #hiddenNames: NonNullable<NodeDiskOptions["hiddenNames"]>;
  /** What Windows gives out as modes says nothing but "read only". */
  readonly #hasModes: boolean;
  readonly #places: MountedPlaces | undefined;
  readonly #showsColonAsSlash: boolean;
  readonly #namesTogetherCount: number;
  readonly #options: NodeDiskOptions;
  readonly #openFilesFolder: string | undefined;
  /** The folder that this disk is bound to; undefined: whatever a path leads to counts. */
  #root: string | undefined;
  #boundary: SourceBoundary<NodeDiskHandle> | undefined;

  constructor(options: NodeDiskOptions = {}) {
    this.#options = options;
    this.#openFilesFolder = options.fs === undefined ? OPEN_FILES_FOLDER : options.openFilesFolder;
    // Node's own types do not say that opendir with encoding "buffer" yields names as bytes.
    this.#fs = options.fs ?? (nodeFs as unknown as NodeDiskFs);
    this.#path = options.path ?? nodePath;
    this.#hasModes = this.#path.sep === "/";
    const isOwnLinux = options.fs === undefined && process.platform === "linux";
    const mounts = options.mounts ?? (isOwnLinux ? new LinuxMounts() : undefined);
    this.#places = mounts && new MountedPlaces(mounts);
    this.#showsColonAsSlash = options.showsColonAsSlash ?? process.platform === "darwin";
    this.#namesTogetherCount = options.namesTogetherCount ?? NAMES_TOGETHER_COUNT;
    this.#hiddenNames =
      options.hiddenNames ??
      (process.platform === "win32" ? windowsHiddenNames : () => Promise.resolve(NOTHING_HIDDEN));
  }

  join(folder: string, name: string): string {
    return folder.endsWith(this.#path.sep) ? folder + name : folder + this.#path.sep + name;
  }

  baseName(path: string): string {
    // A drive's root has no name of its own; its letter serves.
    return this.#path.basename(path) || path.replace(/[\\/:]/g, "");
  }

  shownName(name: string): string {
    return this.#showsColonAsSlash ? name.replaceAll(":", "/") : name;
  }

  absolute(path: string): string {
    return this.#path.resolve(path);
  }

  within(root: string): SourceDisk {
    if (this.#openFilesFolder === undefined) return this;
    const inside = new NodeDisk(this.#options);
    inside.#root = root;
    return inside;
  }

  /** Of the folder that this disk is bound to, as it was when something in it was opened first. */
  async #boundaryNow(): Promise<SourceBoundary<NodeDiskHandle> | undefined> {
    const openFilesFolder = this.#openFilesFolder;
    if (this.#root === undefined || openFilesFolder === undefined) return undefined;
    this.#boundary ??= await SourceBoundary.of(this.#root, { fs: this.#fs, openFilesFolder });
    return this.#boundary;
  }

  async *list(folder: string): AsyncIterable<readonly DiskEntry[]> {
    const options = { encoding: "buffer", bufferSize: this.#namesTogetherCount } as const;
    const held = await this.#listing(folder, async () =>
      (await this.#boundaryNow())?.openFolder(folder),
    );
    let opened: NodeDiskFolder | undefined;
    try {
      const names = await this.#listing(folder, () =>
        this.#fs.opendir(held?.path ?? folder, options),
      );
      opened = names;
      if (held === undefined) await this.#refuseAnythingButAFolder(folder);
      for (;;) {
        const chunk = await this.#listing(folder, () => readChunk(names, this.#namesTogetherCount));
        // What is listed is looked at next: what was mounted on it meanwhile has to be known by then.
        this.#places?.refresh(false);
        if (chunk.length > 0) yield chunk;
        if (chunk.length < this.#namesTogetherCount) return;
      }
    } finally {
      opened?.closeSync();
      await held?.release();
    }
  }

  /** A link is followed when a folder is opened, and no flag keeps Node from that. */
  async #refuseAnythingButAFolder(folder: string): Promise<void> {
    const { kind } = await this.stat(folder);
    if (kind === "folder") return;
    throw new DiskError("not-a-folder", folder, `cannot list the folder (it is a ${kind})`);
  }

  async #listing<Result>(folder: string, step: () => Promise<Result>): Promise<Result> {
    try {
      return await step();
    } catch (error) {
      throw diskRefusal(folder, "list the folder", error);
    }
  }

  async stat(path: string): Promise<DiskStat> {
    try {
      const stats = await this.#fs.lstat(path, { bigint: true });
      return toDiskStat(stats, this.#hasModes, await this.#placeOf(path, stats));
    } catch (error) {
      throw diskRefusal(path, "look at", error);
    }
  }

  async statNow(path: string): Promise<DiskStat> {
    try {
      const stats = await this.#fs.lstat(path, { bigint: true });
      // Afterwards: what was taken away between the two is missing from the table, and not thought to be there.
      this.#places?.refresh(true);
      return toDiskStat(stats, this.#hasModes, await this.#placeOf(path, stats));
    } catch (error) {
      throw diskRefusal(path, "look at", error);
    }
  }

  /** Which place of its file system is mounted where something stands; undefined where the host does not tell. */
  async #placeOf(path: string, tests: Pick<KindTests, "isDirectory">): Promise<string | undefined> {
    if (this.#places === undefined) return undefined;
    return await this.#places.of(tests.isDirectory() ? path : nodePath.posix.dirname(path));
  }

  async statEntry(folder: string, { nameBytes }: Pick<DiskEntry, "nameBytes">): Promise<DiskStat> {
    const path = Buffer.concat([Buffer.from(this.join(folder, "")), nameBytes]);
    try {
      const stats = await this.#fs.lstat(path, { bigint: true });
      // A name that is no text is in no path of the table; what is mounted there is taken for its folder's.
      const place = await this.#placeOf(path.toString(), stats);
      return toDiskStat(stats, this.#hasModes, place);
    } catch (error) {
      throw diskRefusal(path.toString(), "look at", error);
    }
  }

  async spelling(path: string): Promise<string> {
    try {
      return await this.#fs.realpath(path);
    } catch (error) {
      throw diskRefusal(path, "look for the spelling of", error);
    }
  }

  async hiddenNames(folder: string): Promise<ReadonlySet<string>> {
    try {
      return await this.#hiddenNames(folder);
    } catch (error) {
      throw diskRefusal(folder, "look for hidden names in", error);
    }
  }

  async open(path: string): Promise<OpenFile> {
    let handle: NodeDiskHandle;
    try {
      handle = await ((await this.#boundaryNow()) ?? this.#fs).open(path, READ_FLAGS);
    } catch (error) {
      throw await this.#refusalToOpen(path, diskRefusal(path, "open", error));
    }
    const place = await this.#places?.of(nodePath.posix.dirname(path));
    return new NodeOpenFile(path, handle, { hasModes: this.#hasModes, mountedPlace: place });
  }

  /** A socket cannot be opened, and each system says so in words that broken disks use too: what stands there tells. */
  async #refusalToOpen(path: string, refusal: DiskError): Promise<DiskError> {
    if (refusal.kind !== "io") return refusal;
    const kind = await this.stat(path).then(
      (stat) => stat.kind,
      () => "file",
    );
    if (kind === "file") return refusal;
    const detail = `cannot open (something else took its place: ${kind})`;
    return new DiskError("not-found", path, detail, refusal.cause);
  }
}

class NodeOpenFile implements OpenFile {
  readonly #path: string;
  readonly #handle: NodeDiskHandle;
  readonly #about: { readonly hasModes: boolean; readonly mountedPlace: string | undefined };
  #closed = false;

  constructor(
    path: string,
    handle: NodeDiskHandle,
    about: { readonly hasModes: boolean; readonly mountedPlace: string | undefined },
  ) {
    this.#path = path;
    this.#handle = handle;
    this.#about = about;
  }

  async stat(): Promise<DiskStat> {
    try {
      const { hasModes, mountedPlace } = this.#about;
      return toDiskStat(await this.#handle.stat({ bigint: true }), hasModes, mountedPlace);
    } catch (error) {
      throw diskRefusal(this.#path, "look at", error);
    }
  }

  async read(buffer: Uint8Array, offsetBytes: number): Promise<number> {
    try {
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, offsetBytes);
      return bytesRead;
    } catch (error) {
      throw diskRefusal(this.#path, "read", error);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // Nothing was written, so a failing close loses nothing.
    await this.#handle.close().catch(() => undefined);
  }
}
