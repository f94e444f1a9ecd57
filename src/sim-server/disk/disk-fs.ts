import type { DiskCalls } from "./disk-calls.ts";
import type { DiskOperation } from "../faults/disk-fault.ts";
import { DiskFileHandle } from "./disk-file-handle.ts";
import { DiskEntry, DiskFolderHandle, encodeName } from "./disk-folder-handle.ts";
import type { DiskSession } from "./disk-session.ts";
import type { DiskStats } from "./disk-stats.ts";
import { nanosecondsOf, type DiskTime } from "./disk-time.ts";
import type { DiskPath } from "./disk-tree.ts";
import { openModeOf } from "./open-mode.ts";

/** How names are given: `buffer` for bytes, text otherwise. */
export interface NameOptions {
  readonly encoding?: "buffer" | "utf8" | undefined;
  /** Accepted and ignored: how many entries Node would fetch at a time. */
  readonly bufferSize?: number;
}

/**
 * The part of `node:fs/promises` the agent's own adapters use, over the simulated disk: what is called
 * on it behaves, fails and is reported as on a real disk of that kind. Stats are always those of
 * `{ bigint: true }`.
 */
export class DiskFs {
  readonly #session: DiskSession;
  readonly #calls: DiskCalls;

  constructor(session: DiskSession) {
    this.#session = session;
    this.#calls = session.parts.calls;
  }

  access(given: DiskPath, _mode?: number): Promise<void> {
    return this.#call("access", "access", given, (path) => void this.#calls.entry(path, true));
  }

  lstat(given: DiskPath, _options?: { readonly bigint: true }): Promise<DiskStats> {
    return this.#call("stat", "lstat", given, (path) => this.#calls.stat(path));
  }

  stat(given: DiskPath, _options?: { readonly bigint: true }): Promise<DiskStats> {
    return this.#call("stat", "stat", given, (path) => this.#calls.stat(path, true));
  }

  opendir(
    path: DiskPath,
    options: NameOptions & { readonly encoding: "buffer" },
  ): Promise<DiskFolderHandle<Buffer>>;
  opendir(path: DiskPath, options?: NameOptions): Promise<DiskFolderHandle<string>>;
  opendir(given: DiskPath, options: NameOptions = {}): Promise<DiskFolderHandle<string | Buffer>> {
    const encoding = options.encoding === "buffer" ? "buffer" : undefined;
    return this.#call("list", "opendir", given, (path) => {
      const folder = String(path);
      const entries = this.#listed(path).values();
      return new DiskFolderHandle(
        folder,
        entries.map(
          ([name, node]) =>
            new DiskEntry<string | Buffer>(encodeName(name, encoding), folder, node),
        ),
      );
    });
  }

  #listed(path: DiskPath): ReturnType<DiskCalls["list"]> {
    const entries = this.#calls.list(path);
    return this.#session.parts.listedBackwards ? entries.toReversed() : entries;
  }

  readdir(path: DiskPath, options: { readonly encoding: "buffer" }): Promise<Buffer[]>;
  readdir(path: DiskPath): Promise<string[]>;
  readdir(given: DiskPath, options: NameOptions = {}): Promise<(string | Buffer)[]> {
    const encoding = options.encoding === "buffer" ? "buffer" : undefined;
    return this.#call("list", "scandir", given, (path) =>
      this.#listed(path).map(([name]) => encodeName(name, encoding)),
    );
  }

  /** Opening a FIFO for reading never answers, as nobody writes to it. */
  open(
    given: DiskPath,
    flags: string | number = "r",
    permissions = 0o666,
  ): Promise<DiskFileHandle> {
    return this.#call("open", "open", given, (path) => {
      const mode = { ...openModeOf(flags), permissions };
      if (this.#isFifo(path)) return new Promise<never>(() => undefined);
      const { link, node } = this.#calls.open(path, mode);
      return new DiskFileHandle(this.#session, { link, node, mode, path });
    });
  }

  /**
   * Opens a folder itself, so that `/proc/self/fd` leads on from it. Apart from `open`, so that a fault of files that
   * are opened strikes none on the way to them.
   */
  openFolder(given: DiskPath, flags: number): Promise<DiskFileHandle> {
    return this.#call("access", "open", given, (path) => {
      const mode = openModeOf(flags);
      const { link, node } = this.#calls.open(path, mode);
      return new DiskFileHandle(this.#session, { link, node, mode, path });
    });
  }

  async readFile(path: DiskPath): Promise<Buffer> {
    await using file = await this.open(path);
    return await file.readFile();
  }

  async writeFile(
    path: DiskPath,
    content: string | Uint8Array,
    options: { readonly flag?: string } = {},
  ): Promise<void> {
    await using file = await this.open(path, options.flag ?? "w");
    await file.writeFile(content);
  }

  /** What `/proc/self/fd` has for an open file is where that stands. */
  readlink(given: DiskPath): Promise<string> {
    return this.#call("readlink", "readlink", given, (path) => {
      const isOpenFile = /^\/proc\/self\/fd\/\d+$/.test(String(given));
      return isOpenFile
        ? encodeName(String(path), undefined).toString()
        : this.#calls.linkTarget(path);
    });
  }

  realpath(given: DiskPath): Promise<string> {
    return this.#call("stat", "realpath", given, (path) => {
      const { tree } = this.#session.parts;
      return encodeName(tree.pathOf(this.#calls.entry(path, true)), undefined).toString();
    });
  }

  symlink(target: string, given: DiskPath): Promise<void> {
    return this.#call("write", "symlink", given, (path) =>
      this.#calls.makeSpecial(path, "symbolic-link", target),
    );
  }

  mkdir(
    given: DiskPath,
    options: { readonly recursive?: boolean; readonly mode?: number } = {},
  ): Promise<string | undefined> {
    return this.#call("mkdir", "mkdir", given, (path) => {
      if (options.recursive === true) return this.#calls.mkdirs(path).first;
      this.#calls.mkdir(path, options.mode);
      return undefined;
    });
  }

  rename(from: DiskPath, to: DiskPath): Promise<void> {
    const [path, dest] = [this.truePath(from), String(this.truePath(to))];
    const call = { operation: "rename", syscall: "rename", path, dest } as const;
    return this.#session.call(call, () =>
      this.#calls.rename(this.truePath(from), this.truePath(to)),
    );
  }

  link(from: DiskPath, to: DiskPath): Promise<void> {
    const [path, dest] = [this.truePath(from), String(this.truePath(to))];
    const call = { operation: "link", syscall: "link", path, dest } as const;
    return this.#session.call(call, () => this.#calls.link(this.truePath(from), this.truePath(to)));
  }

  unlink(given: DiskPath): Promise<void> {
    return this.#call("unlink", "unlink", given, (path) => this.#calls.unlink(path));
  }

  rmdir(given: DiskPath): Promise<void> {
    return this.#call("rmdir", "rmdir", given, (path) => this.#calls.rmdir(path));
  }

  chmod(given: DiskPath, mode: number): Promise<void> {
    return this.#call("chmod", "chmod", given, (path) => {
      const { tree } = this.#session.parts;
      this.#calls.chmod(tree.node(this.#calls.entry(path, true)), mode);
    });
  }

  utimes(given: DiskPath, _accessedAt: DiskTime, modifiedAt: DiskTime): Promise<void> {
    return this.#call("utimes", "utime", given, (path) =>
      this.#calls.setModifiedAtPath(
        path,
        nanosecondsOf(modifiedAt, this.#session.parts.nowMs()),
        true,
      ),
    );
  }

  lutimes(given: DiskPath, _accessedAt: DiskTime, modifiedAt: DiskTime): Promise<void> {
    return this.#call("utimes", "lutime", given, (path) =>
      this.#calls.setModifiedAtPath(
        path,
        nanosecondsOf(modifiedAt, this.#session.parts.nowMs()),
        false,
      ),
    );
  }

  /** Space on the disk, in blocks. */
  statfs(
    given: DiskPath,
  ): Promise<{ bsize: number; blocks: number; bfree: number; bavail: number }> {
    return this.#call("stat", "statfs", given, (path) => {
      this.#calls.entry(path, true);
      const { capacityBytes, tree } = this.#session.parts;
      const bsize = 4096;
      const blocks = Math.floor(Math.min(capacityBytes(), 2 ** 50) / bsize);
      const bfree = Math.max(0, blocks - Math.ceil(tree.usedBytes / bsize));
      return { bsize, blocks, bfree, bavail: bfree };
    });
  }

  /** The path that a path through `/proc/self/fd` truly leads to; any other as it is. */
  truePath(path: DiskPath): DiskPath {
    return this.#session.truePath(path);
  }

  #isFifo(path: DiskPath): boolean {
    const { tree } = this.#session.parts;
    const { link } = tree.resolve(path, { followLast: true, user: true });
    return link !== undefined && tree.node(link).kind === "fifo";
  }

  #call<Value>(
    operation: DiskOperation,
    syscall: string,
    path: DiskPath,
    run: (path: DiskPath) => Value,
  ): Promise<Awaited<Value>> {
    const call = { operation, syscall, path: this.truePath(path) };
    // Looked up again: others may have been at work since the call was made.
    return this.#session.call(call, () => run(this.truePath(path))) as Promise<Awaited<Value>>;
  }
}
