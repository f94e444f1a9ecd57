import { keptBothName } from "../../core/kept-both-name.ts";
import { DiskError } from "../../ports/source-disk.ts";
import {
  areSameFiles,
  judgeConflict,
  NO_FILE_IN_THE_WAY,
  type ConflictVerdict,
} from "./judge-conflict.ts";
import type { RestoreContext } from "./restore-context.ts";
import { restoreDiskFailure } from "./restore-failure.ts";
import type { FileToRestore } from "./restore-item.ts";

/** What became of a file that was fetched: it stands there, or what kept it from that. */
export type Placement =
  | { readonly kind: "put"; readonly name: string }
  | Extract<ConflictVerdict, { kind: "there-already" | "skip" | "fail" }>;

/** What is put in place. */
export interface PutOptions {
  readonly file: FileToRestore;
  /** Where it was written. */
  readonly temporaryPath: string;
  /** Where it goes. */
  readonly path: string;
  /** What was to become of it before it was fetched. */
  readonly verdict: ConflictVerdict;
}

/**
 * So often is judged anew what stands where a file goes. A disk that says every time that nothing does, and lets
 * nothing be put there because something does, is broken.
 */
const PLACE_TRY_COUNT_MAX = 10;

/**
 * Gives a fetched file its final name in one step. What came to stand there while it was fetched is
 * judged anew; nothing is overwritten unasked.
 */
export async function putInPlace(context: RestoreContext, options: PutOptions): Promise<Placement> {
  const { file, path } = options;
  let { verdict } = options;
  for (let tryCount = 1; tryCount <= PLACE_TRY_COUNT_MAX; tryCount += 1) {
    if (tryCount > 1) verdict = await judgeConflict(context, file, path);
    switch (verdict.kind) {
      case "there-already":
      case "skip":
      case "fail":
        return verdict;
      case "keep-both":
        return putBeside(context, options);
      case "overwrite": {
        const placed = await replace(context, options);
        if (placed !== undefined) return placed;
        break;
      }
      case "displace": {
        if (await displace(context, options)) return { kind: "put", name: file.name };
        break;
      }
      case "put-new":
        if (await putNew(context, options, file.name)) return { kind: "put", name: file.name };
        break;
    }
  }
  return {
    kind: "fail",
    failure: restoreDiskFailure(
      new DiskError("io", path, "nothing stands there and something does"),
    ),
  };
}

/** Under the first free name; undefined never. */
async function putBeside(context: RestoreContext, options: PutOptions): Promise<Placement> {
  for (let number = 2; ; number += 1) {
    const name = keptBothName(options.file.name, number);
    if (await putNew(context, options, name)) return { kind: "put", name };
  }
}

/** False when something stands there. */
function putNew(context: RestoreContext, options: PutOptions, name: string): Promise<boolean> {
  const { disk, putting } = context;
  const path = disk.join(options.file.folder.reach, name);
  return putting.run(async () => {
    try {
      await disk.renameNew(options.temporaryPath, path);
    } catch (error) {
      if (error instanceof DiskError && error.kind === "exists") return false;
      throw error;
    }
    await noteRestored(context, path, options.file.writeOrder);
    return true;
  });
}

/** Replaces the file that stands there; undefined when it is one of this very job by now. */
function replace(context: RestoreContext, options: PutOptions): Promise<Placement | undefined> {
  const { disk, putting, restored } = context;
  const { path, temporaryPath, file } = options;
  return putting.run(async () => {
    const existing = await disk.find(path);
    if (existing !== undefined && restored.has(existing.fileId)) return undefined;
    if (existing !== undefined && existing.kind !== "file") {
      return { kind: "fail", failure: NO_FILE_IN_THE_WAY };
    }
    await disk.rename(temporaryPath, path);
    await noteRestored(context, path, file.writeOrder);
    return { kind: "put", name: file.name };
  });
}

/**
 * An older file of this job gives the name up and stands beside it under the first free number, unless it
 * does so already. False when something else stands there by now.
 */
function displace(context: RestoreContext, options: PutOptions): Promise<boolean> {
  const { disk, putting, restored } = context;
  const { path, temporaryPath, file } = options;
  return putting.run(async () => {
    const older = await disk.find(path);
    const writeOrder = older && restored.writeOrder(older.fileId);
    if (older === undefined || writeOrder === undefined || writeOrder >= file.writeOrder)
      return false;
    for (let number = 2; ; number += 1) {
      const beside = disk.join(file.folder.reach, keptBothName(file.name, number));
      const there = await disk.find(beside);
      if (there === undefined) {
        await disk.renameNew(path, beside);
        await noteRestored(context, beside, writeOrder);
        await disk.renameNew(temporaryPath, path);
        break;
      }
      if (await areSameFiles(context, [path, older], [beside, there])) {
        await disk.rename(temporaryPath, path);
        break;
      }
    }
    await noteRestored(context, path, file.writeOrder);
    return true;
  });
}

/** After the rename, since some disks give a file another identity with its name. */
async function noteRestored(
  { disk, restored }: RestoreContext,
  path: string,
  writeOrder: number,
): Promise<void> {
  try {
    restored.add((await disk.stat(path)).fileId, writeOrder);
  } catch (error) {
    // Somebody took it away again; then nothing can be put in its place by mistake.
    if (!(error instanceof DiskError)) throw error;
  }
}
