import { failure } from "../../core/file-outcome.ts";
import { keptBothName } from "../../core/kept-both-name.ts";
import { restoreDiskFailure, type RestoreFailure } from "./restore-failure.ts";
import type { HeldFolder } from "../../ports/target-disk.ts";
import { DiskError } from "../../ports/source-disk.ts";
import type { ListedFolder } from "../../state/restored-folders.ts";
import type { RestoreContext } from "./restore-context.ts";
import { linkOnTheWay } from "./temporary-file.ts";
import { targetGone } from "./target-gone.ts";
import { TargetFolder, type TargetFolderOptions } from "./target-folder.ts";
import { message } from "../../../messages/message.ts";

interface FolderStackOptions {
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
export class FolderStack {
  readonly #options: FolderStackOptions;
  readonly #names: string[] = [];
  readonly #folders: TargetFolder[] = [];
  /** The row's path of the folder entered last that is not the current one of its name. */
  #olderPath: string | undefined;
  /** What was listed of folders on the way to where the listing is, the outermost first. */
  #listed: { readonly path: string; readonly folder: ListedFolder }[] = [];

  constructor(options: FolderStackOptions) {
    this.#options = options;
  }

  /** Notes what a folder is to be like, should it be entered. */
  expect(names: readonly string[], folder: ListedFolder): void {
    const path = names.join("/");
    this.#listed = this.#listed.filter((one) => path.startsWith(`${one.path}/`));
    this.#listed.push({ path, folder });
  }

  /** Goes to the folder with these names below the chosen one. */
  async enter(names: readonly string[]): Promise<TargetFolder> {
    const sameCount = names.findIndex((name, index) => name !== this.#names[index]);
    await this.#backTo(sameCount === -1 ? names.length : sameCount);
    while (this.#names.length < names.length) await this.#step(names[this.#names.length] ?? "");
    return this.#here;
  }

  /** The folder with these names is not the current one of its name: it is made under another. */
  noteOlder(names: readonly string[]): void {
    this.#olderPath = names.join("/");
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
    await parent.noneUnderWay(name);
    const rowPath = parent.rowPath === "" ? name : `${parent.rowPath}/${name}`;
    const isOlder = rowPath === this.#olderPath;
    const wanted = [...this.#names, name].join("/");
    const listed = this.#listed.find(({ path }) => path === wanted)?.folder;
    const made =
      parent.failure === undefined
        ? await makeFolder(context, parent, { name, isOlder, listed })
        : { path: context.disk.join(parent.path, name), failure: parent.failure };
    const folder = new TargetFolder(context, { ...made, rowPath, parent, isOlder });
    this.#names.push(name);
    this.#folders.push(folder);
    const { failure: found } = folder;
    if (found !== undefined && found !== context.stop.reason?.failure) {
      await onFailed(rowPath, found);
    }
  }
}

/** A folder as the service has it. */
interface FolderWish {
  readonly name: string;
  readonly isOlder: boolean;
  readonly listed: ListedFolder | undefined;
}

type MadeFolder = Pick<
  TargetFolderOptions,
  "path" | "failure" | "isNew" | "attributes" | "held" | "reach"
>;

/** A folder to restore into, or why there is none. A link on the way is not followed. */
async function makeFolder(
  context: RestoreContext,
  parent: TargetFolder,
  wish: FolderWish,
): Promise<MadeFolder> {
  const { disk, stop } = context;
  const { name } = wish;
  const path = disk.join(parent.path, name);
  if (stop.reason !== undefined) return { path, failure: stop.reason.failure };
  const refusal = disk.nameRefusal(name);
  if (refusal !== undefined) {
    return { path, failure: failure("unexpected", ["R-UX-4"], refusal) };
  }
  try {
    return await findOrMake(context, parent, wish);
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return { path, failure: (await targetGone(context, error)) ?? restoreDiskFailure(error) };
  }
}

/**
 * The service may have a file and a folder of one name (decision 0004). A folder that is not the current
 * one is made under another name. So is one behind a file of a service that does not tell which is
 * current, unless what stands in the way is to be left alone (D12).
 */
async function findOrMake(
  context: RestoreContext,
  parent: TargetFolder,
  { name, isOlder, listed }: FolderWish,
): Promise<MadeFolder> {
  const { disk, restored, restoredFolders, conflicts } = context;
  for (let number = isOlder ? 2 : 1; ; number += 1) {
    const putAs = number === 1 ? name : keptBothName(name, number);
    const path = disk.join(parent.path, putAs);
    const reach = disk.join(parent.reach, putAs);
    const there = await disk.find(reach);
    if (there === undefined) {
      if (!(await parent.isReached())) throw linkOnTheWay(parent);
      await disk.createFolder(reach, listed?.attributes.mode);
      const held = await hold(context, parent, reach);
      const fileId = held?.fileId ?? (await identityOf(context, reach));
      if (listed !== undefined && fileId !== undefined) restoredFolders.made(fileId, listed);
      return { path, reach, isNew: true, attributes: listed?.attributes, held };
    }
    if (there.kind === "folder") {
      const held = await hold(context, parent, reach);
      // Whom a folder that stood there is open to is not changed unasked.
      const isChanged = conflicts.isOverwrite || restoredFolders.has(there.fileId);
      if (listed === undefined || !isChanged) return { path, reach, held };
      return { path, reach, held, attributes: restoredFolders.newest(there.fileId, listed) };
    }
    const isOurs = number > 1 || restored.has(there.fileId);
    if (!isOurs || conflicts.isSkip) return { path, failure: NO_FOLDER };
  }
}

/** Undefined when somebody took the folder away again, or the disk does not say. */
async function identityOf({ disk }: RestoreContext, path: string): Promise<string | undefined> {
  try {
    return (await disk.find(path))?.fileId;
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return undefined;
  }
}

/** Holds a folder whose parent is held, if that is not too deep: one below is reached by its name from the last. */
async function hold(
  { disk, tuning }: RestoreContext,
  parent: TargetFolder,
  reach: string,
): Promise<HeldFolder | undefined> {
  const isShallow = parent.rowPath.split("/").length < tuning.heldFolderDepthMax;
  return parent.isHeld && isShallow ? disk.hold(reach) : undefined;
}

const NO_FOLDER: RestoreFailure = failure(
  "access-denied",
  ["R-AD-2"],
  message("restore.no-folder-in-its-place"),
);
