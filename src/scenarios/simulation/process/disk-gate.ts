import { constants } from "node:fs";

import type { NodeDiskFs, NodeDiskHandle } from "../../../agent/adapters/node-disk.ts";

/** The calls that pass through the gate, each told before it is carried out; `listed` after. */
export type GateCall = "stat" | "list" | "listed" | "open" | "read" | "close";

interface DiskGateOptions {
  readonly fs: NodeDiskFs;
  readonly openFolder: NodeDiskFs["open"];
  /** Where a path of the process truly leads. */
  readonly truePath: (path: string) => string;
  /** Called at the very moment of a call, before it: what it does to the disk, the call meets. */
  readonly onCall: (call: GateCall, path: string) => void;
  /**
   * Names that only a damaged or foreign file system hands out, by the name that stands for them:
   * one with a slash in it cannot be made on a healthy disk.
   */
  readonly strangeNames: ReadonlyMap<string, Uint8Array>;
}

type Folder = Awaited<ReturnType<NodeDiskFs["opendir"]>>;
type FolderEntry = NonNullable<ReturnType<Folder["readSync"]>>;

const { O_DIRECTORY: FOLDER_ONLY = 0 } = constants as Partial<typeof constants>;

/** Stands before the simulated disk, so that things can happen at the moment of a call. */
export function diskGate(options: DiskGateOptions): NodeDiskFs {
  const { fs, openFolder, truePath, onCall, strangeNames } = options;
  return {
    realpath: (path) => fs.realpath(path),
    readlink: (path) => fs.readlink(path),
    lstat(path, wish) {
      onCall("stat", String(path));
      return fs.lstat(path, wish);
    },
    async opendir(path, wish) {
      const at = truePath(path);
      // What is listed by a folder that is open began with its opening.
      if (at === path) onCall("list", path);
      const folder = await fs.opendir(path, wish);
      onCall("listed", at);
      return strangeNames.size === 0 ? folder : withStrangeNames(folder, strangeNames);
    },
    async open(path, flags) {
      if ((flags & FOLDER_ONLY) !== 0) {
        onCall("list", truePath(path));
        return openFolder(path, flags);
      }
      onCall("open", truePath(path));
      return gatedHandle(await fs.open(path, flags), truePath(path), onCall);
    },
  };
}

function gatedHandle(
  handle: NodeDiskHandle,
  path: string,
  onCall: DiskGateOptions["onCall"],
): NodeDiskHandle {
  return {
    fd: handle.fd,
    stat: (wish) => handle.stat(wish),
    read(buffer, offset, length, position) {
      onCall("read", path);
      return handle.read(buffer, offset, length, position);
    },
    close() {
      onCall("close", path);
      return handle.close();
    },
  };
}

function withStrangeNames(folder: Folder, strangeNames: ReadonlyMap<string, Uint8Array>): Folder {
  const rename = (entry: FolderEntry | null): FolderEntry | null => {
    const name = entry && strangeNames.get(Buffer.from(entry.name).toString("utf8"));
    return entry === null || name === undefined || name === null ? entry : renamed(entry, name);
  };
  return {
    read: async () => rename(await folder.read()),
    readSync: () => rename(folder.readSync()),
    closeSync: () => folder.closeSync(),
  };
}

function renamed(entry: FolderEntry, name: Uint8Array): FolderEntry {
  return {
    name,
    isFile: () => entry.isFile(),
    isDirectory: () => entry.isDirectory(),
    isSymbolicLink: () => entry.isSymbolicLink(),
    isFIFO: () => entry.isFIFO(),
    isSocket: () => entry.isSocket(),
    isBlockDevice: () => entry.isBlockDevice(),
    isCharacterDevice: () => entry.isCharacterDevice(),
  };
}
