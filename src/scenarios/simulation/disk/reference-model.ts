import { contentSize, type Content } from "../../scenario/content.ts";
import { CHANGED_KINDS, type DiskChange } from "../../scenario/disk-change.ts";
import type { Tree, TreeNode } from "../../scenario/tree-node.ts";
import type { DiskChangeFact, DiskFact } from "../../observation/disk-fact.ts";
import { contentFacts, factOfNode, FIRST_DEVICE, modeOf } from "./fact-of-node.ts";
import { depthOf, isAtOrBelow, parentOf } from "./scenario-path.ts";

interface ReferenceModelOptions {
  /** Gives each change its place and time. */
  readonly stamp: () => { readonly seq: number; readonly atMs: number };
  /** What names the disk takes for one: windows ignores letter case, macos Unicode normalisation too. */
  readonly disk: "windows" | "macos" | "linux";
}

/**
 * The PC's disk as facts, kept beside the simulated disk and without asking it: what stands at every
 * path, and every change with its moment. The oracle judges by these; comparing them with the
 * simulated disk at the end shows whether the agent wrote there.
 */
export class ReferenceModel {
  readonly #facts = new Map<string, DiskFact>();
  readonly #changes: DiskChangeFact[] = [];
  readonly #options: ReferenceModelOptions;
  readonly #planted: Record<string, TreeNode> = {};
  /** What devices put over a folder cover, the last one at the end. */
  readonly #covered = new Map<string, (readonly DiskFact[])[]>();
  #lastDevice = FIRST_DEVICE;
  #lastEntryId = 0;

  /** A disk with this tree. What cannot stand beside what came before it is left out. */
  constructor(tree: Tree, options: ReferenceModelOptions) {
    this.#options = options;
    const entries = Object.entries(tree).toSorted(
      ([one], [other]) => depthOf(one) - depthOf(other),
    );
    for (const [path, node] of entries) {
      if (this.#facts.has(path) || !this.#canStand(path)) continue;
      this.#addParents(path);
      this.#facts.set(path, this.#factOf(path, node));
      this.#planted[path] = node;
    }
  }

  /** What of the tree was planted. */
  get planted(): Tree {
    return this.#planted;
  }

  /** A path as the disk spells it, as far as something stands there. */
  spelled(path: string): string {
    if (this.#options.disk === "linux" || this.#facts.has(path)) return path;
    let at = "";
    const names = path.split("/").slice(1);
    for (const [index, name] of names.entries()) {
      const wanted = this.#fold(`${at}/${name}`);
      const found = this.#facts.has(`${at}/${name}`)
        ? `${at}/${name}`
        : this.#facts
            .keys()
            .find((other) => parentOf(other) === at && this.#fold(other) === wanted);
      if (found === undefined) return [at, ...names.slice(index)].join("/");
      at = found;
    }
    return at;
  }

  /** What stands at a path. */
  at(path: string): DiskFact | undefined {
    return this.#facts.get(path);
  }

  /** Everything at or below `root`, in no order; a copy. */
  below(root: string): Map<string, DiskFact> {
    const found = new Map<string, DiskFact>();
    for (const [path, fact] of this.#facts) {
      if (isAtOrBelow(path, root)) found.set(path, fact);
    }
    return found;
  }

  /** The changes at or below `root` since there were `count` changes in all. */
  changesSince(count: number, root: string): readonly DiskChangeFact[] {
    return this.#changes.slice(count).filter((change) => isAtOrBelow(change.path, root));
  }

  /** Changes so far. */
  get changeCount(): number {
    return this.#changes.length;
  }

  /** Whether anything is another way than it was when there were `count` changes in all. */
  hasChangedSince(count: number): boolean {
    return this.#changes
      .slice(count)
      .some(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  }

  /** The number of the next device that somebody brings. */
  get nextDevice(): number {
    return this.#lastDevice + 1;
  }

  /** Whether a folder of the disk can be mounted elsewhere on it: Windows and macOS have no such thing. */
  get hasBindMounts(): boolean {
    return this.#options.disk === "linux";
  }

  /** Whether the change can happen: what it is about is there, and nothing stands in its way. */
  admits(change: DiskChange): boolean {
    const { path } = change;
    const fact = this.#facts.get(path);
    switch (change.do) {
      case "write":
        if (fact === undefined) return this.#mayAppear(change.path);
        return fact.kind === "file" && !fact.locked;
      case "write-keeping-time":
        return (
          fact?.kind === "file" && !fact.locked && contentSize(change.content) === fact.sizeBytes
        );
      case "make-folder":
      case "make-link":
        return fact === undefined && this.#mayAppear(change.path);
      case "rename":
        return (
          fact !== undefined &&
          !fact.locked &&
          change.to !== path &&
          this.#parentIsFolder(change.to) &&
          !this.#clashes(change.to, path) &&
          !isAtOrBelow(change.to, change.path) &&
          !this.#holdsMount(change.path) &&
          this.#deviceFor(change.to) === fact.device
        );
      case "change-kind":
        return (
          fact !== undefined &&
          fact.kind !== change.to &&
          fact.nameBase64 === undefined &&
          !fact.locked &&
          !this.#holdsMount(path)
        );
      case "empty":
      case "remount":
        return fact?.kind === "folder";
      case "unmount":
        return (this.#covered.get(change.path)?.length ?? 0) > 0;
      case "delete":
        return fact !== undefined && !fact.locked;
      case "touch":
        return fact?.kind === "file" && !fact.locked;
      case "lock":
      case "unlock":
        return fact?.kind === "file";
      case "chmod":
      case "deny":
      case "make-read-only":
      case "allow":
        return fact?.kind === "file" || fact?.kind === "folder";
      case "hide":
      case "unhide":
        return fact !== undefined;
    }
  }

  /** Notes a change that `admits` allowed. */
  apply(change: DiskChange): void {
    const { path } = change;
    switch (change.do) {
      case "write":
      case "write-keeping-time":
        return this.#set(path, this.#written(change), change.do);
      case "make-folder":
        return this.#set(path, this.#on(path, null), change.do);
      case "delete":
        this.#forgetMounts(path);
        return this.#clear(path, change.do, true);
      case "change-kind":
        this.#clear(path, change.do, true);
        for (const [below, node] of Object.entries<TreeNode>(CHANGED_KINDS[change.to])) {
          const fact = this.#on(path + below, node);
          this.#set(fact.path, { ...fact, timeStamp: this.#newTime() }, change.do);
        }
        return;
      case "empty":
        this.#forgetMounts(path, false);
        return this.#clear(path, change.do, false);
      case "remount":
        return this.#remount(change);
      case "unmount":
        return this.#unmount(path);
      case "rename": {
        const action = parentOf(change.to) === parentOf(path) ? "rename" : "move";
        for (const fact of this.below(path).values()) {
          const to = change.to + fact.path.slice(path.length);
          this.#set(fact.path, undefined, action);
          this.#set(to, { ...fact, path: to }, action);
        }
        return;
      }
      case "touch":
        return this.#set(path, { ...this.#base(path), timeStamp: this.#newTime() }, change.do);
      case "make-link":
        return this.#set(path, this.#on(path, { kind: "symbolic-link", to: change.to }), change.do);
      case "chmod": {
        const before = this.#base(path);
        const mode = modeOf(change.mode, before.kind);
        return this.#set(path, { ...before, mode }, change.do);
      }
      case "make-read-only":
        // Nothing that reads is hindered by it.
        return this.#set(path, { ...this.#base(path), denied: false }, change.do);
      case "deny":
      case "allow":
        return this.#set(path, { ...this.#base(path), denied: change.do === "deny" }, change.do);
      case "lock":
      case "unlock":
        return this.#set(path, { ...this.#base(path), locked: change.do === "lock" }, change.do);
      case "hide":
      case "unhide":
        return this.#set(path, { ...this.#base(path), hidden: change.do === "hide" }, change.do);
    }
  }

  #written(change: Extract<DiskChange, { content: Content }>): DiskFact {
    const before = this.#base(change.path);
    const timeStamp = change.do === "write" ? this.#newTime() : before.timeStamp;
    return { ...before, ...contentFacts(change.content), timeStamp };
  }

  /** A new entry at a path, on the first device. */
  #factOf(path: string, node: TreeNode): DiskFact {
    this.#lastEntryId += 1;
    return factOfNode(path, node, this.#lastEntryId);
  }

  #newTime(): number {
    return this.#changes.length + 1;
  }

  #base(path: string): DiskFact {
    return this.#facts.get(path) ?? this.#on(path, { content: { text: "" } });
  }

  /** Something new at a path. */
  #on(path: string, node: TreeNode): DiskFact {
    return { ...this.#factOf(path, node), device: this.#deviceFor(path) };
  }

  /** The device that something new at a path is on. */
  #deviceFor(path: string): number {
    return this.#facts.get(parentOf(path))?.device ?? FIRST_DEVICE;
  }

  #holdsMount(path: string): boolean {
    return [...this.below(path).values()].some(({ device }) => device !== this.#deviceFor(path));
  }

  #clear(path: string, action: string, withItself: boolean): void {
    for (const fact of this.below(path).values()) {
      if (withItself || fact.path !== path) this.#set(fact.path, undefined, action);
    }
  }

  #forgetMounts(path: string, withItself = true): void {
    for (const at of this.#covered.keys()) {
      if (isAtOrBelow(at, path) && (withItself || at !== path)) this.#covered.delete(at);
    }
  }

  #remount({ path, holds }: Extract<DiskChange, { do: "remount" }>): void {
    this.#lastDevice += 1;
    const device = this.#lastDevice;
    const before = [...this.below(path).values()];
    if (holds === "same") {
      const own = this.#facts.get(path)?.device;
      for (const fact of before) {
        if (fact.device === own) this.#set(fact.path, { ...fact, device }, "remount");
      }
      return;
    }
    this.#forgetMounts(path, false);
    this.#covered.set(path, [...(this.#covered.get(path) ?? []), before]);
    this.#clear(path, "remount", false);
    this.#set(path, { ...this.#factOf(path, null), device }, "remount");
    for (const [name, content] of Object.entries(holds)) {
      const at = `${path}/${name}`;
      this.#mountParents(at, device);
      const timeStamp = this.#newTime();
      this.#set(at, { ...this.#factOf(at, { content }), timeStamp, device }, "remount");
    }
  }

  #mountParents(path: string, device: number): void {
    const parent = parentOf(path);
    if (this.#facts.has(parent)) return;
    this.#mountParents(parent, device);
    this.#set(parent, { ...this.#factOf(parent, null), device }, "remount");
  }

  #unmount(path: string): void {
    const covered = this.#covered.get(path) ?? [];
    const facts = covered.at(-1) ?? [];
    this.#covered.set(path, covered.slice(0, -1));
    this.#clear(path, "unmount", false);
    for (const fact of facts) this.#set(fact.path, fact, "unmount");
  }

  #set(path: string, after: DiskFact | undefined, action: string): void {
    const before = this.#facts.get(path);
    if (after === undefined) this.#facts.delete(path);
    else this.#facts.set(path, after);
    this.#changes.push({ ...this.#options.stamp(), path, before, after, action });
  }

  #addParents(path: string): void {
    const parent = parentOf(path);
    if (parent === "" || this.#facts.has(parent)) return;
    this.#addParents(parent);
    this.#facts.set(parent, this.#factOf(parent, null));
  }

  #mayAppear(path: string): boolean {
    return this.#parentIsFolder(path) && !this.#clashes(path);
  }

  /** Whether a name is taken, by any spelling that the disk takes for the same, but for `own`. */
  #clashes(path: string, own?: string): boolean {
    if (this.#options.disk === "linux") return this.#facts.has(path);
    const folded = this.#fold(path);
    for (const other of this.#facts.keys()) {
      if (other !== own && this.#fold(other) === folded) return true;
    }
    return false;
  }

  #fold(path: string): string {
    const { disk } = this.#options;
    if (disk === "linux") return path;
    return (disk === "macos" ? path.normalize("NFD") : path).toUpperCase();
  }

  /** Whether an entry of the tree can be planted: nothing but folders above it, and the name free. */
  #canStand(path: string): boolean {
    if (this.#clashes(path)) return false;
    for (let at = parentOf(path); at !== ""; at = parentOf(at)) {
      const fact = this.#facts.get(at);
      if (fact === undefined ? this.#clashes(at) : fact.kind !== "folder") return false;
    }
    return true;
  }

  #parentIsFolder(path: string): boolean {
    const parent = parentOf(path);
    return parent === "" || this.#facts.get(parent)?.kind === "folder";
  }
}
