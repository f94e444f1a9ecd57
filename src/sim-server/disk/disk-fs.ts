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

  access(path: DiskPath, _mode?: number): Promise<void> {
    return this.#call("access", "access", path, () => void this.#calls.entry(path, true));
  }

  lstat(path: DiskPath, _options?: { readonly bigint: true }): Promise<DiskStats> {
    return this.#call("stat", "lstat", path, () => this.#calls.stat(path));
  }

  stat(path: DiskPath, _options?: { readonly bigint: true }): Promise<DiskStats> {
    return this.#call("stat", "stat", path, () => this.#calls.stat(path, true));
  }

  opendir(
    path: DiskPath,
    options: NameOptions & { readonly encoding: "buffer" },
  ): Promise<DiskFolderHandle<Buffer>>;
  opendir(path: DiskPath, options?: NameOptions): Promise<DiskFolderHandle<string>>;
  opendir(path: DiskPath, options: NameOptions = {}): Promise<DiskFolderHandle<string | Buffer>> {
    const encoding = options.encoding === "buffer" ? "buffer" : undefined;
    return this.#call("list", "opendir", path, () => {
      const folder = String(path);
      const entries = this.#calls.list(path).values();
      return new DiskFolderHandle(
        folder,
        entries.map(
          ([name, node]) =>
            new DiskEntry<string | Buffer>(encodeName(name, encoding), folder, node),
        ),
      );
    });
  }

  readdir(path: DiskPath, options: { readonly encoding: "buffer" }): Promise<Buffer[]>;
  readdir(path: DiskPath): Promise<string[]>;
  readdir(path: DiskPath, options: NameOptions = {}): Promise<(string | Buffer)[]> {
    const encoding = options.encoding === "buffer" ? "buffer" : undefined;
    return this.#call("list", "scandir", path, () =>
      this.#calls.list(path).map(([name]) => encodeName(name, encoding)),
    );
  }

  /** Opening a FIFO for reading never answers, as nobody writes to it. */
  open(path: DiskPath, flags: string | number = "r", permissions = 0o666): Promise<DiskFileHandle> {
    return this.#call("open", "open", path, () => {
      const mode = { ...openModeOf(flags), permissions };
      if (this.#isFifo(path)) return new Promise<never>(() => undefined);
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

  readlink(path: DiskPath): Promise<string> {
    return this.#call("readlink", "readlink", path, () => this.#calls.linkTarget(path));
  }

  realpath(path: DiskPath): Promise<string> {
    return this.#call("stat", "realpath", path, () => {
      const { tree } = this.#session.parts;
      return encodeName(tree.pathOf(this.#calls.entry(path, true)), undefined).toString();
    });
  }

  symlink(target: string, path: DiskPath): Promise<void> {
    return this.#call("write", "symlink", path, () =>
      this.#calls.makeSpecial(path, "symbolic-link", target),
    );
  }

  mkdir(
    path: DiskPath,
    options: { readonly recursive?: boolean; readonly mode?: number } = {},
  ): Promise<string | undefined> {
    return this.#call("mkdir", "mkdir", path, () => {
      if (options.recursive === true) return this.#calls.mkdirs(path).first;
      this.#calls.mkdir(path, options.mode);
      return undefined;
    });
  }

  rename(from: DiskPath, to: DiskPath): Promise<void> {
    const call = { operation: "rename", syscall: "rename", path: from, dest: String(to) } as const;
    return this.#session.call(call, () => this.#calls.rename(from, to));
  }

  link(from: DiskPath, to: DiskPath): Promise<void> {
    const call = { operation: "link", syscall: "link", path: from, dest: String(to) } as const;
    return this.#session.call(call, () => this.#calls.link(from, to));
  }

  unlink(path: DiskPath): Promise<void> {
    return this.#call("unlink", "unlink", path, () => this.#calls.unlink(path));
  }

  rmdir(path: DiskPath): Promise<void> {
    return this.#call("rmdir", "rmdir", path, () => this.#calls.rmdir(path));
  }

  chmod(path: DiskPath, mode: number): Promise<void> {
    return this.#call("chmod", "chmod", path, () => {
      const { tree } = this.#session.parts;
      this.#calls.chmod(tree.node(this.#calls.entry(path, true)), mode);
    });
  }

  utimes(path: DiskPath, _accessedAt: DiskTime, modifiedAt: DiskTime): Promise<void> {
    return this.#call("utimes", "utime", path, () =>
      this.#calls.setModifiedAtPath(
        path,
        nanosecondsOf(modifiedAt, this.#session.parts.nowMs()),
        true,
      ),
    );
  }

  lutimes(path: DiskPath, _accessedAt: DiskTime, modifiedAt: DiskTime): Promise<void> {
    return this.#call("utimes", "lutime", path, () =>
      this.#calls.setModifiedAtPath(
        path,
        nanosecondsOf(modifiedAt, this.#session.parts.nowMs()),
        false,
      ),
    );
  }

  /** Space on the disk, in blocks. */
  statfs(
    path: DiskPath,
  ): Promise<{ bsize: number; blocks: number; bfree: number; bavail: number }> {
    return this.#call("stat", "statfs", path, () => {
      this.#calls.entry(path, true);
      const { capacityBytes, tree } = this.#session.parts;
      const bsize = 4096;
      const blocks = Math.floor(Math.min(capacityBytes(), 2 ** 50) / bsize);
      const bfree = Math.max(0, blocks - Math.ceil(tree.usedBytes / bsize));
      return { bsize, blocks, bfree, bavail: bfree };
    });
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
    run: () => Value,
  ): Promise<Awaited<Value>> {
    return this.#session.call({ operation, syscall, path }, run) as Promise<Awaited<Value>>;
  }
}
