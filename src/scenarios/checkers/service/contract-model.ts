/** A stretch of time, in milliseconds since 1970, in which something came about. */
export interface WireSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One generation of a file as it was sent. */
export interface ModelGeneration {
  /** Which generation it is, whatever happens to the file. */
  readonly key: number;
  readonly number: number;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly modifiedAtNs: string;
  readonly saved: WireSpan;
  mode: string | null;
  /** As it was told first; undefined before. */
  etag: string | undefined;
}

interface ModelEntry {
  /** Which entry it is, whatever its name. */
  readonly key: number;
  name: string;
  parent: ModelFolder | undefined;
  /** As it was told first; undefined before. */
  id: string | undefined;
  /** The number of the last write to it, in the order of all writes; what is written below a folder does not count. */
  written: number;
  /** Since when another entry of its name is the current one. */
  superseded: WireSpan | undefined;
}

/** A file with the generations that are kept, newest first. */
export interface ModelFile extends ModelEntry {
  readonly kind: "file";
  generations: ModelGeneration[];
}

/** A folder with what is in it. */
export interface ModelFolder extends ModelEntry {
  readonly kind: "folder";
  readonly files: Map<string, ModelFile>;
  readonly folders: Map<string, ModelFolder>;
  readonly created: WireSpan;
  modifiedAtNs: string | null;
  mode: string | null;
}

/** Either of them. */
export type ModelNode = ModelFile | ModelFolder;

/** An entry with its names from the top. */
export interface PlacedNode {
  readonly node: ModelNode;
  readonly path: readonly string[];
}

/** What a contract holds, by what was sent to it and answered. It decides nothing about what may be done. */
export class ContractModel {
  root: ModelFolder;
  /** Of the capacity, in bytes. */
  quotaBytes: number;
  /** How many changes there were; an earlier state that the operator put the service back to has fewer. */
  version = 0;
  readonly generationCountMax: number;
  #lastKey = 0;

  constructor(quotaBytes: number, generationCountMax: number) {
    this.quotaBytes = quotaBytes;
    this.generationCountMax = generationCountMax;
    this.root = this.#newFolder("", undefined, { fromMs: 0, toMs: 0 });
  }

  /** A number that no entry, no generation and no write has or had: greater than all of them. */
  newKey(): number {
    this.#lastKey += 1;
    return this.#lastKey;
  }

  /** The folder at a path. */
  folder(path: readonly string[]): ModelFolder | undefined {
    return path.reduce<ModelFolder | undefined>((at, name) => at?.folders.get(name), this.root);
  }

  /** The file at a path. */
  file(path: readonly string[]): ModelFile | undefined {
    return this.folder(path.slice(0, -1))?.files.get(path.at(-1) ?? "");
  }

  /** Bytes of all generations of all files. */
  get usedBytes(): number {
    return unordered(this.root, []).reduce(
      (sum, { node }) =>
        node.kind === "folder"
          ? sum
          : node.generations.reduce((bytes, each) => bytes + each.bytes.length, sum),
      0,
    );
  }

  /** Makes the folders of a path that are missing; says whether there were any. */
  makeFolders(path: readonly string[], created: WireSpan): boolean {
    let at = this.root;
    let isAny = false;
    for (const name of path) {
      const next = at.folders.get(name) ?? this.#newFolder(name, at, created);
      isAny ||= !at.folders.has(name);
      at.folders.set(name, next);
      at = next;
    }
    return isAny;
  }

  /** Adds a generation, to a new file where there is none; those beyond the limit fall out. */
  addGeneration(
    path: readonly string[],
    sent: Pick<ModelGeneration, "bytes" | "sha256" | "modifiedAtNs" | "mode">,
    saved: WireSpan,
  ): ModelFile {
    this.makeFolders(path.slice(0, -1), saved);
    const parent = this.folder(path.slice(0, -1)) ?? this.root;
    const name = path.at(-1) ?? "";
    const file: ModelFile = parent.files.get(name) ?? {
      kind: "file",
      key: this.newKey(),
      name,
      parent,
      id: undefined,
      written: this.newKey(),
      superseded: undefined,
      generations: [],
    };
    parent.files.set(name, file);
    const number = (file.generations[0]?.number ?? 0) + 1;
    const added = { ...sent, key: this.newKey(), number, saved, etag: undefined };
    file.generations = [added, ...file.generations].slice(0, this.generationCountMax);
    return file;
  }

  /** Notes a write to an entry. */
  noteWrite(entry: ModelNode | undefined): void {
    if (entry !== undefined) entry.written = this.newKey();
  }

  /** What was written last at each name of a path is the current one there; the other kind of that name is not. */
  makeCurrent(kind: "file" | "folder", path: readonly string[], at: WireSpan): void {
    this.noteWrite(kind === "file" ? this.file(path) : this.folder(path));
    for (const [index, name] of path.entries()) {
      const parent = this.folder(path.slice(0, index));
      const file = parent?.files.get(name);
      const folder = parent?.folders.get(name);
      if (file === undefined || folder === undefined) continue;
      const isFile = kind === "file" && index === path.length - 1;
      const [current, other] = isFile ? [file, folder] : [folder, file];
      current.superseded = undefined;
      other.superseded ??= at;
    }
  }

  /** Takes an entry away from its name; the other kind of that name stands alone then. */
  takeOut(node: ModelNode): void {
    const { parent, name } = node;
    if (node.kind === "file") parent?.files.delete(name);
    else parent?.folders.delete(name);
    node.superseded = undefined;
    const other = node.kind === "file" ? parent?.folders.get(name) : parent?.files.get(name);
    if (other !== undefined) other.superseded = undefined;
  }

  /** Gives an entry another place and name. */
  move(node: ModelNode, parent: ModelFolder, name: string): void {
    this.takeOut(node);
    node.name = name;
    node.parent = parent;
    if (node.kind === "file") parent.files.set(name, node);
    else parent.folders.set(name, node);
  }

  /** Everything as it is now, for `putBack`. */
  copy(): Pick<ContractModel, "root" | "quotaBytes" | "version"> {
    return {
      root: copyOf(this.root, undefined),
      quotaBytes: this.quotaBytes,
      version: this.version,
    };
  }

  /** Goes back to a copy. */
  putBack({ root, quotaBytes }: ReturnType<ContractModel["copy"]>): void {
    this.root = copyOf(root, undefined);
    this.quotaBytes = quotaBytes;
  }

  #newFolder(name: string, parent: ModelFolder | undefined, created: WireSpan): ModelFolder {
    return {
      kind: "folder",
      key: this.newKey(),
      name,
      parent,
      id: undefined,
      written: this.newKey(),
      superseded: undefined,
      files: new Map(),
      folders: new Map(),
      created,
      modifiedAtNs: null,
      mode: null,
    };
  }
}

/** Everything below a folder, with paths from there, in the order of a listing. */
export function allBelow(folder: ModelFolder): readonly PlacedNode[] {
  return unordered(folder, []).toSorted(byUtf8);
}

function unordered(folder: ModelFolder, path: readonly string[]): readonly PlacedNode[] {
  const children = [...folder.files.values(), ...folder.folders.values()];
  return children.flatMap((node): readonly PlacedNode[] => {
    const at = [...path, node.name];
    return node.kind === "file"
      ? [{ node, path: at }]
      : [{ node, path: at }, ...unordered(node, at)];
  });
}

/** What an entry of a listing is ordered by: the bytes of its path, a folder's as if it ended in `/`. */
export function orderKey({ node, path }: PlacedNode): Buffer {
  return Buffer.from(`${path.join("/")}${node.kind === "folder" ? "/" : ""}`);
}

function byUtf8(one: PlacedNode, other: PlacedNode): number {
  return Buffer.compare(orderKey(one), orderKey(other));
}

function copyOf(folder: ModelFolder, parent: ModelFolder | undefined): ModelFolder {
  const copy: ModelFolder = { ...folder, parent, files: new Map(), folders: new Map() };
  for (const [name, file] of folder.files) {
    const generations = file.generations.map((each) => ({ ...each }));
    copy.files.set(name, { ...file, parent: copy, generations });
  }
  for (const [name, each] of folder.folders) copy.folders.set(name, copyOf(each, copy));
  return copy;
}
