import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { basename, join } from "node:path";

import { SeededRandom } from "../../../src/sim-server/kernel/seeded-random.ts";

/** What can happen to a tree in a day. */
export const CHANGES = [
  "write",
  "new file",
  "new folder",
  "time",
  "file mode",
  "folder mode",
  "holes",
  "delete file",
  "delete folder",
  "move",
  "case rename",
  "folder rename",
  "file becomes folder",
  "folder becomes file",
  "file becomes link",
  "link becomes file",
  "odd name",
  "control name",
  "hard link",
] as const;

/** One of {@link CHANGES}. */
export type Change = (typeof CHANGES)[number];

/** Names that disks have and people wonder about; all of them can be saved. */
const ODD_NAMES = [
  "見積り 2026年",
  "か\u3099",
  "が",
  "👨‍👩‍👧",
  "%41%2F",
  "trailing. ",
  " leading",
  "-rf",
  "a'b`$c",
  "n".repeat(240),
  "あ".repeat(80),
  ".hidden file",
];

const CONTROL_NAMES = ["tab\there", "new\nline", "\u0001", "bell\u0007"];

const FILE_MODES = [0o644, 0o600, 0o640, 0o755, 0o700, 0o444, 0o400, 0o4755, 0o666];
const FOLDER_MODES = [0o755, 0o700, 0o750, 0o775, 0o2775, 0o1777, 0o555];
const MEBIBYTE = 2 ** 20;

/** Seconds: odd and ordinary times of modification. */
const TIMES = ["0", "-86400.5", "1", "951782400.25", "1700000000.125", "4102444800.75"];

/**
 * A real folder that people live in: everything that happens follows from the seed and what was there.
 * Whoever runs it owns everything.
 */
export class LivingTree {
  readonly root: string;
  readonly #random: SeededRandom;
  readonly #except: ReadonlySet<Change>;
  readonly #files: string[] = [];
  readonly #folders: string[];
  readonly #links: string[] = [];
  #nameCount = 0;
  #mountedOn: string | undefined;

  /** An empty folder that is there; `except`: what does not happen to it. */
  constructor(root: string, seed: string, except: ReadonlySet<Change>) {
    this.root = root;
    this.#random = new SeededRandom(seed);
    this.#except = except;
    this.#folders = [root];
  }

  /** Files, folders and links, the root not counted. */
  get entryCount(): number {
    return this.#files.length + this.#folders.length - 1 + this.#links.length;
  }

  /** Makes folders and files until there are so many entries. */
  grow(entryCount: number): void {
    while (this.entryCount < entryCount) {
      if (this.#random.int(10) === 0) this.#makeFolder();
      else this.#makeFile(this.#name());
    }
  }

  /** Changes what people change in a day; how often each thing happened. */
  live(changeCount: number): ReadonlyMap<Change, number> {
    const done = new Map<Change, number>();
    const possible = CHANGES.filter((change) => !this.#except.has(change));
    for (let number = 0; number < changeCount; number += 1) {
      const change = this.#pick(possible);
      if (this.#do(change)) done.set(change, (done.get(change) ?? 0) + 1);
    }
    return done;
  }

  /**
   * Mounts another disk over one of the folders, with files of its own; what the folder held is covered.
   * False where this user cannot.
   */
  mount(): boolean {
    const folder = this.#pick(this.#folders.slice(1));
    try {
      execFileSync("mount", ["-t", "tmpfs", "none", folder], { stdio: "ignore" });
    } catch {
      return false;
    }
    this.#mountedOn = folder;
    for (let number = 0; number < 20; number += 1) {
      fs.writeFileSync(join(folder, `on another disk ${number}`), this.#content());
    }
    return true;
  }

  /** Takes the other disk away; its own folder is as it was. */
  unmount(): void {
    if (this.#mountedOn === undefined) return;
    execFileSync("umount", [this.#mountedOn]);
    this.#mountedOn = undefined;
  }

  #do(change: Change): boolean {
    switch (change) {
      case "write":
        return this.#withFile((path) => this.#write(path));
      case "new file":
        return this.#makeFile(this.#name());
      case "new folder":
        return this.#makeFolder();
      case "odd name":
        return this.#makeFile(this.#pick(ODD_NAMES));
      case "control name":
        return this.#makeFile(this.#pick(CONTROL_NAMES));
      case "time":
        return this.#withFile((path) => {
          const time = this.#pick(TIMES);
          fs.utimesSync(path, time, time);
        });
      case "file mode":
        return this.#withFile((path) => fs.chmodSync(path, this.#pick(FILE_MODES)));
      case "folder mode":
        return this.#withFolder((path) => fs.chmodSync(path, this.#pick(FOLDER_MODES)));
      case "holes":
        return this.#withFile((path) => this.#writeHoles(path));
      case "delete file":
        return this.#withFile((path) => this.#removeAll(path));
      case "delete folder":
        return this.#withFolder((path) => this.#removeAll(path));
      case "move":
        return this.#withFile((path) =>
          this.#rename(path, join(this.#pick(this.#folders), this.#name())),
        );
      case "case rename":
        return this.#withFile((path) => this.#rename(path, inOtherCase(path)));
      case "folder rename":
        return this.#withFolder((path) => this.#rename(path, inOtherCase(path)));
      case "file becomes folder":
        return this.#withFile((path) => {
          // A folder of such a name cannot be saved (F20).
          if (basename(path).startsWith(".")) return;
          this.#removeAll(path);
          fs.mkdirSync(path);
          this.#folders.push(path);
          this.#makeFile(this.#name(), path);
        });
      case "folder becomes file":
        return this.#withFolder((path) => {
          this.#removeAll(path);
          this.#write(path);
          this.#files.push(path);
        });
      case "file becomes link":
        return this.#withFile((path) => {
          this.#removeAll(path);
          fs.symlinkSync(this.#pick(["nowhere", "..", this.root]), path);
          this.#links.push(path);
        });
      case "link becomes file": {
        if (this.#links.length === 0) return false;
        const path = this.#pick(this.#links);
        this.#removeAll(path);
        this.#write(path);
        this.#files.push(path);
        return true;
      }
      case "hard link":
        return this.#withFile((path) => {
          const second = join(this.#pick(this.#folders), this.#name());
          fs.linkSync(path, second);
          this.#files.push(second);
        });
    }
  }

  #withFile(act: (path: string) => void): boolean {
    if (this.#files.length === 0) return false;
    act(this.#pick(this.#files));
    return true;
  }

  /** A folder below the root with a few entries at most, so that a day does not empty the tree. */
  #withFolder(act: (path: string) => void): boolean {
    for (let tries = 0; tries < 20; tries += 1) {
      const path = this.#pick(this.#folders);
      if (path === this.root || fs.readdirSync(path).length > 12) continue;
      if (this.#folders.filter((one) => one.startsWith(`${path}/`)).length > 3) continue;
      act(path);
      return true;
    }
    return false;
  }

  #makeFile(name: string, folder = this.#pick(this.#folders)): boolean {
    const path = join(folder, name);
    if (Buffer.byteLength(path) > 3000 || fs.existsSync(path) || this.#links.includes(path))
      return false;
    this.#write(path);
    this.#files.push(path);
    return true;
  }

  #makeFolder(): boolean {
    const parent = this.#pick(this.#folders);
    const path = join(parent, this.#name());
    if (path.split("/").length > 24) return false;
    fs.mkdirSync(path);
    this.#folders.push(path);
    return true;
  }

  #write(path: string): void {
    fs.writeFileSync(path, this.#content());
  }

  #content(): Uint8Array {
    const kind = this.#random.int(200);
    if (kind === 0) return this.#random.bytes(5 * MEBIBYTE);
    if (kind < 4) return this.#random.bytes(300_000 + this.#random.int(100_000));
    return this.#random.bytes(this.#random.int(kind < 20 ? 20_000 : 400));
  }

  #writeHoles(path: string): void {
    const file = fs.openSync(path, "w");
    const sizeBytes = 200_000 + this.#random.int(MEBIBYTE);
    fs.writeSync(file, this.#random.bytes(3000), 0, 3000, this.#random.int(sizeBytes / 2));
    fs.ftruncateSync(file, sizeBytes);
    fs.closeSync(file);
  }

  #rename(from: string, to: string): void {
    if (from === to || fs.existsSync(to) || this.#links.includes(to)) return;
    fs.renameSync(from, to);
    for (const paths of [this.#files, this.#folders, this.#links]) {
      for (const [at, path] of paths.entries()) {
        if (path === from || path.startsWith(`${from}/`)) paths[at] = to + path.slice(from.length);
      }
    }
  }

  #removeAll(path: string): void {
    fs.rmSync(path, { recursive: true });
    for (const paths of [this.#files, this.#folders, this.#links]) {
      const left = paths.filter((one) => one !== path && !one.startsWith(`${path}/`));
      paths.splice(0, paths.length, ...left);
    }
  }

  #name(): string {
    this.#nameCount += 1;
    return `${this.#pick(["report", "Foto", "data", "メモ", "x"])} ${this.#nameCount}`;
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[this.#random.int(items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }
}

/** The path with the letters of its last name in the other case; unchanged where it has none. */
function inOtherCase(path: string): string {
  const at = path.lastIndexOf("/") + 1;
  const name = path.slice(at);
  return (
    path.slice(0, at) + (name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase())
  );
}
