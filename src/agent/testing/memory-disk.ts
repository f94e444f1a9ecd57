import {
  DiskError,
  type DiskEntry,
  type DiskEntryKind,
  type DiskErrorKind,
  type DiskStat,
  type OpenFile,
  type SourceDisk,
} from "../ports/source-disk.ts";

/** Something that is neither file nor folder. */
interface OtherEntry {
  readonly kind: Exclude<DiskEntryKind, "file" | "folder">;
}

/** What a test puts at a path: a file's text or bytes, `null` for an empty folder, or another kind. */
export type TreeContent = string | Uint8Array | null | OtherEntry;

/** A tree as path below the root -> content. */
export type Tree = Readonly<Record<string, TreeContent>>;

/** A method of the disk or of an open file, as `onCall` and `refuse` name it. */
export type DiskCall = "list" | "stat" | "hiddenNames" | "open" | "open.stat" | "read";

interface Node {
  name: string | undefined;
  nameBytes: Uint8Array;
  readonly kind: DiskEntryKind;
  content: Uint8Array;
  modifiedAtNs: bigint;
  changedAtNs: bigint;
  readonly fileId: string;
  isHidden: boolean;
  readonly children: Node[];
}

// Long before the fake clock's start, so that files are settled unless a test says otherwise.
const FIRST_WRITE_NS = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n;
const WRITE_GAP_NS = 10_000_000_000n;

/** A disk in memory with `/` between names; a test changes it and makes its methods fail. */
export class MemoryDisk implements SourceDisk {
  /** Every call so far, as `method path`. */
  readonly calls: string[] = [];
  /** Called before each call is carried out: may change the disk, or throw `DiskError`. */
  onCall: (method: DiskCall, path: string) => void = () => undefined;
  /** The device everything is on. */
  deviceId = "disk";
  /** Most bytes one `read` yields. */
  readBytesMax = Number.POSITIVE_INFINITY;
  readonly #root: Node;
  #writeCount = 0;
  #nodeCount = 0;

  constructor(tree: Tree = {}, rootPath = "/source") {
    this.#root = this.#newNode(Buffer.alloc(0), "folder");
    this.makeFolder(rootPath);
    for (const [path, content] of Object.entries(tree)) this.put(`${rootPath}/${path}`, content);
  }

  /** Puts something at a path, with the folders above it; a file's identity stays when it is there. */
  put(path: string, content: TreeContent): void {
    if (content === null) return this.makeFolder(path);
    const isOther = typeof content === "object" && "kind" in content;
    const node = this.#child(path, isOther ? content.kind : "file");
    node.content = isOther ? Buffer.alloc(0) : Buffer.from(content);
    node.modifiedAtNs = this.#nextWriteNs();
    node.changedAtNs = node.modifiedAtNs;
  }

  /** Makes a folder and those above it. */
  makeFolder(path: string): void {
    this.#child(path, "folder");
  }

  /** Puts a file with a name that is not valid Unicode into a folder. */
  putUndecodable(folder: string, nameBytes: Uint8Array): void {
    const node = this.#newNode(nameBytes, "file");
    node.name = undefined;
    this.#at(folder).children.push(node);
  }

  remove(path: string): void {
    const { parent, node } = this.#place(path);
    parent.children.splice(parent.children.indexOf(node), 1);
  }

  /** Renames within or between folders; the identity stays. */
  rename(from: string, to: string): void {
    const { node } = this.#place(from);
    this.remove(from);
    const at = to.lastIndexOf("/");
    node.name = to.slice(at + 1);
    node.nameBytes = Buffer.from(node.name);
    this.#at(to.slice(0, at)).children.push(node);
  }

  hide(path: string): void {
    this.#at(path).isHidden = true;
  }

  /** Sets the modification time, which changes the change time as on any disk. */
  setModifiedAtNs(path: string, modifiedAtNs: bigint): void {
    this.setTimesNs(path, { modifiedAtNs, changedAtNs: this.#nextWriteNs() });
  }

  /** Sets both times, which no program can on a disk that keeps change times. */
  setTimesNs(path: string, times: Pick<DiskStat, "modifiedAtNs" | "changedAtNs">): void {
    const { modifiedAtNs, changedAtNs } = times;
    Object.assign(this.#at(path), { modifiedAtNs, changedAtNs });
  }

  /** Refuses a call at a path; `times` in a row, for ever when not given. */
  refuse(
    method: DiskCall,
    path: string,
    kind: DiskErrorKind,
    times: number = Number.POSITIVE_INFINITY,
  ): void {
    const before = this.onCall;
    let timesLeft = times;
    this.onCall = (called, at) => {
      before(called, at);
      if (called !== method || at !== path || timesLeft === 0) return;
      timesLeft -= 1;
      throw new DiskError(kind, path, `refused to ${method}`);
    };
  }

  /** What stands at a path, looked at from outside; undefined for nothing. */
  kindAt(path: string): DiskEntryKind | undefined {
    try {
      return this.#at(path).kind;
    } catch (error) {
      if (error instanceof DiskError) return undefined;
      throw error;
    }
  }

  /** How many calls of a method there were at a path, or anywhere. */
  callCount(method: DiskCall, path?: string): number {
    return this.calls.filter((call) =>
      path === undefined ? call.startsWith(`${method} `) : call === `${method} ${path}`,
    ).length;
  }

  join(folder: string, name: string): string {
    return folder === "/" ? `/${name}` : `${folder}/${name}`;
  }

  baseName(path: string): string {
    return path.slice(path.lastIndexOf("/") + 1);
  }

  absolute(path: string): string {
    const names: string[] = [];
    for (const name of path.split("/")) {
      if (name === "..") names.pop();
      else if (name !== "" && name !== ".") names.push(name);
    }
    return `/${names.join("/")}`;
  }

  async *list(folder: string): AsyncIterable<readonly DiskEntry[]> {
    this.#called("list", folder);
    const node = this.#at(folder);
    if (node.kind !== "folder") throw new DiskError("not-a-folder", folder, "cannot list");
    // The last first, so that nobody can rely on an order; in chunks, as a real disk does.
    const entries = node.children.toReversed();
    for (let first = 0; first < entries.length; first += 3) yield entries.slice(first, first + 3);
  }

  async stat(path: string): Promise<DiskStat> {
    this.#called("stat", path);
    return this.#stat(this.#at(path));
  }

  async hiddenNames(folder: string): Promise<ReadonlySet<string>> {
    this.#called("hiddenNames", folder);
    const hidden = this.#at(folder).children.filter(({ isHidden }) => isHidden);
    return new Set(hidden.flatMap(({ name }) => name ?? []));
  }

  async open(path: string): Promise<OpenFile> {
    this.#called("open", path);
    const node = this.#at(path);
    if (node.kind === "symbolic-link") throw new DiskError("not-found", path, "a link is there");
    return {
      stat: async () => {
        this.#called("open.stat", path);
        return this.#stat(node);
      },
      read: async (buffer, offsetBytes) => {
        this.#called("read", path);
        const length = Math.min(buffer.length, this.readBytesMax);
        const piece = node.content.subarray(offsetBytes, offsetBytes + length);
        buffer.set(piece);
        return piece.length;
      },
      close: () => Promise.resolve(),
    };
  }

  #stat(node: Node): DiskStat {
    return toStat(node, this.deviceId);
  }

  #called(method: DiskCall, path: string): void {
    this.calls.push(`${method} ${path}`);
    this.onCall(method, path);
  }

  #nextWriteNs(): bigint {
    this.#writeCount += 1;
    return FIRST_WRITE_NS + BigInt(this.#writeCount) * WRITE_GAP_NS;
  }

  #newNode(nameBytes: Uint8Array, kind: DiskEntryKind): Node {
    this.#nodeCount += 1;
    const modifiedAtNs = FIRST_WRITE_NS;
    return {
      name: Buffer.from(nameBytes).toString(),
      nameBytes,
      kind,
      content: Buffer.alloc(0),
      modifiedAtNs,
      changedAtNs: modifiedAtNs,
      fileId: `disk:${this.#nodeCount}`,
      isHidden: false,
      children: [],
    };
  }

  #child(path: string, kind: DiskEntryKind): Node {
    const names = path.split("/").filter((name) => name !== "");
    let at = this.#root;
    for (const [index, name] of names.entries()) {
      const isLast = index === names.length - 1;
      const wanted = isLast ? kind : "folder";
      let next = at.children.find((child) => child.name === name);
      if (next === undefined || next.kind !== wanted) {
        if (next !== undefined) at.children.splice(at.children.indexOf(next), 1);
        next = this.#newNode(Buffer.from(name), wanted);
        at.children.push(next);
      }
      at = next;
    }
    return at;
  }

  #at(path: string): Node {
    return this.#place(path).node;
  }

  #place(path: string): { readonly parent: Node; readonly node: Node } {
    let parent = this.#root;
    let node = this.#root;
    for (const name of path.split("/").filter((one) => one !== "")) {
      parent = node;
      const next = parent.children.find((child) => child.name === name);
      if (next === undefined) throw new DiskError("not-found", path, "there is nothing");
      node = next;
    }
    return { parent, node };
  }
}

function toStat(node: Node, deviceId: string): DiskStat {
  return {
    kind: node.kind,
    sizeBytes: node.content.length,
    modifiedAtNs: node.modifiedAtNs,
    changedAtNs: node.changedAtNs,
    fileId: node.fileId,
    deviceId,
  };
}
