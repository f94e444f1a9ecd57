import type { DiskChangeFact, DiskFact } from "../../observation/disk-fact.ts";
import type { ReferenceModel } from "../disk/reference-model.ts";
import { isAtOrBelow, parentOf } from "../disk/scenario-path.ts";

/**
 * A source as the tool reaches it. Who is denied a folder above it is denied the source: its root counts as denied from
 * then on, until the last of those folders is allowed.
 */
export class SeenFromAbove {
  /** Folders above the source that were denied when it was looked at first. */
  readonly #denied: ReadonlySet<string>;
  readonly #model: ReferenceModel;
  readonly #root: string;
  readonly #changeCount: number;
  /** Every path at or below the source at that moment. */
  readonly facts: ReadonlyMap<string, DiskFact>;

  constructor(model: ReferenceModel, root: string) {
    this.#model = model;
    this.#root = root;
    this.#changeCount = model.changeCount;
    this.#denied = new Set(foldersAbove(root).filter((path) => model.at(path)?.denied === true));
    const facts = model.below(root);
    const fact = facts.get(root);
    if (fact !== undefined && this.#denied.size > 0) facts.set(root, { ...fact, denied: true });
    this.facts = facts;
  }

  /** Whether a folder above was denied since that moment. */
  barred(): "always" | "for-a-while" | "never" {
    const denied = new Set(this.#denied);
    const states = new Set([denied.size > 0]);
    for (const change of this.#changesAbove()) {
      if (change.after?.denied === true) denied.add(change.path);
      else denied.delete(change.path);
      states.add(denied.size > 0);
    }
    if (states.size > 1) return "for-a-while";
    return states.has(true) ? "always" : "never";
  }

  #changesAbove(): readonly DiskChangeFact[] {
    const above = new Set(foldersAbove(this.#root));
    return this.#model.changesSince(this.#changeCount, "").filter(({ path }) => above.has(path));
  }

  /** The changes at or below the source since then. */
  changes(): readonly DiskChangeFact[] {
    const all = this.#model.changesSince(this.#changeCount, "");
    const own = all.filter(({ path }) => isAtOrBelow(path, this.#root));
    if (this.barred() === "never") return own;
    const above = new Set(this.#changesAbove());
    const denied = new Set(this.#denied);
    let root = this.facts.get(this.#root);
    // What the root is like by itself.
    let isDenied = this.#model.at(this.#root)?.denied === true;
    const first = own.find(({ path }) => path === this.#root);
    if (first !== undefined) isDenied = first.before?.denied === true;
    return all.flatMap((change) => {
      if (isAtOrBelow(change.path, this.#root) && change.path !== this.#root) return [change];
      const before = root;
      if (change.path === this.#root) {
        isDenied = change.after?.denied === true;
        root = change.after && { ...change.after, denied: isDenied || denied.size > 0 };
      } else if (above.has(change)) {
        if (change.after?.denied === true) denied.add(change.path);
        else denied.delete(change.path);
        const isNow = isDenied || denied.size > 0;
        if (root === undefined || root.denied === isNow) return [];
        root = { ...root, denied: isNow };
      } else return [];
      return [{ ...change, path: this.#root, before, after: root }];
    });
  }
}

/** The folders that a path is in. */
function foldersAbove(path: string): readonly string[] {
  const found: string[] = [];
  for (let at = parentOf(path); at !== ""; at = parentOf(at)) found.push(at);
  return found;
}
