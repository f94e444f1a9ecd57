import { failure } from "../../core/file-outcome.ts";
import { restoreDiskFailure, type RestoreFailure } from "../../core/restore-failure.ts";
import { DiskError } from "../../ports/source-disk.ts";
import type { RestoreContext } from "./restore-context.ts";
import { targetGone } from "./target-gone.ts";
import { TargetFolder } from "./target-folder.ts";

/** What a trail goes through. */
export interface FolderTrailOptions {
  readonly context: RestoreContext;
  /** The chosen folder. */
  readonly root: TargetFolder;
  /** A folder could not be made, for another reason than a stop; nothing goes into it. */
  readonly onFailed: (rowPath: string, failure: RestoreFailure) => Promise<void>;
}

/**
 * The folders from the chosen one down to where the plan is. Makes what is missing when it is entered
 * and lets go of what is left behind; holds one folder a level, whatever the size of the tree.
 */
export class FolderTrail {
  readonly #options: FolderTrailOptions;
  readonly #names: string[] = [];
  readonly #folders: TargetFolder[] = [];

  constructor(options: FolderTrailOptions) {
    this.#options = options;
  }

  /** Goes to the folder with these names below the chosen one. */
  async enter(names: readonly string[]): Promise<TargetFolder> {
    const sameCount = names.findIndex((name, index) => name !== this.#names[index]);
    await this.#backTo(sameCount === -1 ? names.length : sameCount);
    while (this.#names.length < names.length) await this.#step(names[this.#names.length] ?? "");
    return this.#here;
  }

  /** Leaves every folder but the chosen one. */
  leave(): Promise<void> {
    return this.#backTo(0);
  }

  get #here(): TargetFolder {
    return this.#folders.at(-1) ?? this.#options.root;
  }

  async #backTo(depth: number): Promise<void> {
    while (this.#folders.length > depth) {
      this.#names.pop();
      await this.#folders.pop()?.release();
    }
  }

  async #step(name: string): Promise<void> {
    const { context, onFailed } = this.#options;
    const parent = this.#here;
    const path = context.disk.join(parent.path, name);
    const made = parent.failure ?? (await makeFolder(context, path, name));
    const folder = new TargetFolder(context, {
      path,
      rowPath: parent.rowPath === "" ? name : `${parent.rowPath}/${name}`,
      parent,
      ...(typeof made === "string" ? { isNew: made === "made" } : { failure: made }),
    });
    this.#names.push(name);
    this.#folders.push(folder);
    const { failure: found, rowPath } = folder;
    if (found !== undefined && found !== context.stop.reason?.failure) {
      await onFailed(rowPath, found);
    }
  }
}

/** Whether the folder is there now, or why not. A link on the way is not followed. */
async function makeFolder(
  context: RestoreContext,
  path: string,
  name: string,
): Promise<"made" | "there" | RestoreFailure> {
  const { disk, stop } = context;
  if (stop.reason !== undefined) return stop.reason.failure;
  const refusal = disk.nameRefusal(name);
  if (refusal !== undefined) return failure("unexpected", ["R-UX-4"], refusal);
  try {
    const there = await disk.find(path);
    if (there === undefined) {
      await disk.createFolder(path);
      return "made";
    }
    if (there.kind === "folder") return "there";
    const detail = "something that is no folder stands in its place";
    return failure("access-denied", ["R-AD-2"], detail);
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return (await targetGone(context, error)) ?? restoreDiskFailure(error);
  }
}
