import {
  DiskError,
  type DiskEntry,
  type DiskEntryKind,
  type DiskErrorKind,
  type DiskStat,
  type OpenFile,
} from "../ports/source-disk.ts";
import type { FileToWrite, TargetDisk } from "../ports/target-disk.ts";

/** A method of the disk or of a file that is written, as `onCall` and `refuse` name it. */
export type TargetCall =
  | "find"
  | "list"
  | "open"
  | "createFolder"
  | "create"
  | "write"
  | "truncate"
  | "setModifiedAt"
  | "sync"
  | "rename"
  | "renameNew"
  | "remove"
  | "syncFolder";

interface Node {
  name: string;
  readonly kind: DiskEntryKind;
  readonly fileId: string;
  content: Buffer;
  modifiedAtNs: bigint;
}

/** What a test puts at a path: a file's text, `null` for a folder, or a link. */
export type TargetContent = string | null | { readonly kind: "symbolic-link" };

const FIRST_WRITE_NS = 1_767_225_600_000_000_000n;

/** A disk in memory to restore to, with `/` between names; a test makes its methods fail. */
export class MemoryTargetDisk implements TargetDisk {
  /** Every call so far, as `method path`. */
  readonly calls: string[] = [];
  /** Called before each call is carried out: may change the disk, or throw `DiskError`. */
  onCall: (method: TargetCall, path: string) => void = () => undefined;
  /** Whether names that differ in letter case alone are one name. */
  ignoresCase = false;
  /** Names this host cannot have. */
  readonly refusedNames = new Set<string>();
  /** Files being written now, and the most there ever were. */
  openCount = 0;
  openCountMax = 0;
  readonly #nodes = new Map<string, Node>();
  #nodeCount = 0;

  constructor(tree: Readonly<Record<string, TargetContent>> = {}, rootPath = "/target") {
    this.put(rootPath, null);
    for (const [path, content] of Object.entries(tree)) this.put(`${rootPath}/${path}`, content);
  }

  /** Puts something at a path, with the folders above it, in place of what was there. */
  put(path: string, content: TargetContent, modifiedAtNs = FIRST_WRITE_NS): void {
    const names = path.split("/").filter((name) => name !== "");
    for (let depth = 1; depth < names.length; depth += 1) {
      const folder = `/${names.slice(0, depth).join("/")}`;
      if (!this.#nodes.has(this.#key(folder))) this.#make(folder, "folder");
    }
    const kind = content === null ? "folder" : typeof content === "string" ? "file" : content.kind;
    const node = this.#make(path, kind);
    node.content = Buffer.from(typeof content === "string" ? content : "");
    node.modifiedAtNs = modifiedAtNs;
  }

  /** Takes away what is at a path and below it. */
  take(path: string): void {
    const key = this.#key(path);
    for (const one of this.#nodes.keys()) {
      if (one === key || one.startsWith(`${key}/`)) this.#nodes.delete(one);
    }
  }

  /** Everything below a folder: a file's text, or its kind, by path. */
  tree(folder = "/target"): Readonly<Record<string, string>> {
    const prefix = `${this.#key(folder)}/`;
    const below = [...this.#nodes].filter(([key]) => key.startsWith(prefix));
    const rows = below.map(([key, { kind, content }]): [string, string] => [
      this.#spelled(key).slice(prefix.length),
      kind === "file" ? content.toString() : `(${kind})`,
    ]);
    return Object.fromEntries(rows.toSorted(([left], [right]) => (left < right ? -1 : 1)));
  }

  /** Everything there is that a temporary name was given. */
  get temporaryPaths(): readonly string[] {
    return [...this.#nodes.keys()].filter((path) => /\/\.azukeru-/i.test(path));
  }

  /** Refuses a call at a path; `times` in a row, for ever when not given. */
  refuse(
    method: TargetCall,
    path: string | RegExp,
    kind: DiskErrorKind,
    times: number = Number.POSITIVE_INFINITY,
  ): void {
    const before = this.onCall;
    let timesLeft = times;
    this.onCall = (called, at) => {
      before(called, at);
      const isMeant = typeof path === "string" ? at === path : path.test(at);
      if (called !== method || !isMeant || timesLeft === 0) return;
      timesLeft -= 1;
      throw new DiskError(kind, at, `refused to ${method}`);
    };
  }

  /** The calls of some methods, in order. */
  callsOf(...methods: readonly TargetCall[]): readonly string[] {
    return this.calls.filter((call) => methods.some((method) => call.startsWith(`${method} `)));
  }

  join(folder: string, name: string): string {
    return `${folder}/${name}`;
  }

  baseName(path: string): string {
    return path.slice(path.lastIndexOf("/") + 1);
  }

  absolute(path: string): string {
    return path.startsWith("/") ? path : `/${path}`;
  }

  nameRefusal(name: string): string | undefined {
    return this.refusedNames.has(name) ? "this host has no such names" : undefined;
  }

  async *list(folder: string): AsyncIterable<readonly DiskEntry[]> {
    this.#called("list", folder);
    const prefix = `${this.#key(folder)}/`;
    for (const [key, { name, kind }] of this.#nodes) {
      if (!key.startsWith(prefix) || key.slice(prefix.length).includes("/")) continue;
      yield [{ name, nameBytes: Buffer.from(name), kind }];
    }
  }

  async stat(path: string): Promise<DiskStat> {
    const found = await this.find(path);
    if (found === undefined) throw new DiskError("not-found", path, "there is nothing");
    return found;
  }

  async find(path: string): Promise<DiskStat | undefined> {
    this.#called("find", path);
    const node = this.#nodes.get(this.#key(path));
    if (node === undefined) return undefined;
    const { kind, content, modifiedAtNs, fileId } = node;
    const changedAtNs = modifiedAtNs;
    return {
      kind,
      sizeBytes: content.length,
      modifiedAtNs,
      changedAtNs,
      fileId,
      deviceId: "disk",
    };
  }

  async open(path: string): Promise<OpenFile> {
    this.#called("open", path);
    const node = this.#at(path);
    return {
      stat: () => this.stat(path),
      read: async (buffer, offsetBytes) => {
        const piece = node.content.subarray(offsetBytes, offsetBytes + buffer.length);
        buffer.set(piece);
        return piece.length;
      },
      close: () => Promise.resolve(),
    };
  }

  async createFolder(path: string): Promise<void> {
    this.#called("createFolder", path);
    this.#mustBeFree(path);
    this.#make(path, "folder");
  }

  async create(path: string): Promise<FileToWrite> {
    this.#called("create", path);
    this.#mustBeFree(path);
    const node = this.#make(path, "file");
    this.openCount += 1;
    this.openCountMax = Math.max(this.openCountMax, this.openCount);
    let isOpen = true;
    return {
      write: async (bytes, offsetBytes) => {
        this.#called("write", path);
        const rest = Buffer.alloc(Math.max(0, offsetBytes - node.content.length));
        const before = Buffer.concat([node.content, rest]).subarray(0, offsetBytes);
        node.content = Buffer.concat([
          before,
          bytes,
          node.content.subarray(offsetBytes + bytes.length),
        ]);
      },
      truncate: async (sizeBytes) => {
        this.#called("truncate", path);
        node.content = node.content.subarray(0, sizeBytes);
      },
      setModifiedAt: async (modifiedAtNs) => {
        this.#called("setModifiedAt", path);
        node.modifiedAtNs = modifiedAtNs;
      },
      sync: async () => this.#called("sync", path),
      close: async () => {
        if (isOpen) this.openCount -= 1;
        isOpen = false;
      },
    };
  }

  async rename(from: string, to: string): Promise<void> {
    this.#called("rename", to);
    if (this.#nodes.get(this.#key(to))?.kind === "folder") {
      throw new DiskError("exists", to, "a folder is there");
    }
    this.#move(from, to);
  }

  async renameNew(from: string, to: string): Promise<void> {
    this.#called("renameNew", to);
    this.#mustBeFree(to);
    this.#move(from, to);
  }

  async remove(path: string): Promise<void> {
    this.#called("remove", path);
    this.#at(path);
    this.#nodes.delete(this.#key(path));
  }

  async syncFolder(path: string): Promise<void> {
    this.#called("syncFolder", path);
    this.#at(path);
  }

  #called(method: TargetCall, path: string): void {
    this.calls.push(`${method} ${path}`);
    this.onCall(method, path);
  }

  #key(path: string): string {
    return this.ignoresCase ? path.toLowerCase() : path;
  }

  #at(path: string): Node {
    const node = this.#nodes.get(this.#key(path));
    if (node === undefined) throw new DiskError("not-found", path, "there is nothing");
    return node;
  }

  #mustBeFree(path: string): void {
    const parent = path.slice(0, path.lastIndexOf("/"));
    if (this.#at(parent).kind !== "folder") throw new DiskError("not-a-folder", path, "no folder");
    if (this.#nodes.has(this.#key(path))) throw new DiskError("exists", path, "something is there");
  }

  #make(path: string, kind: DiskEntryKind): Node {
    this.#nodeCount += 1;
    const node: Node = {
      name: this.baseName(path),
      kind,
      fileId: `disk:${this.#nodeCount}`,
      content: Buffer.alloc(0),
      modifiedAtNs: FIRST_WRITE_NS,
    };
    this.#nodes.set(this.#key(path), node);
    return node;
  }

  #move(from: string, to: string): void {
    const node = this.#at(from);
    this.#nodes.delete(this.#key(from));
    node.name = this.baseName(to);
    this.#nodes.set(this.#key(to), node);
  }

  /** The path of a key, each name as it was given. */
  #spelled(key: string): string {
    const names = key.split("/").slice(1);
    const paths = names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`);
    return `/${paths.map((path) => this.#nodes.get(path)?.name ?? "").join("/")}`;
  }
}
