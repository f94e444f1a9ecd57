import type { RestoreRun } from "../../observation/restore-run.ts";
import { hits } from "../shared/communication.ts";

/**
 * Whether every folder that is restored into was held open, so that no link is followed: on Linux, unless
 * the disk refused to open something or there are folders too deep for that.
 */
export function holdsFolders(run: RestoreRun): boolean {
  const faults = run.faults.disk ?? [];
  const isRefused = faults.some(
    ({ operation }, index) => operation === "open" && hits(run, "disk", index) > 0,
  );
  return run.disk === "linux" && !isRefused && deepestParent(run) < run.heldFolderDepthMax;
}

/** How deep the parent of the deepest folder is that is restored; 1 for the chosen one and those in it. */
function deepestParent({ path, serviceBefore: { files, folders } }: RestoreRun): number {
  const depthOf = (of: string): number => (of === "" ? 0 : of.split("/").length);
  const depths = [
    ...[...files.keys()].map((file) => depthOf(file) - 1),
    ...[...folders.keys()].map(depthOf),
  ];
  const deepest = depths.reduce((most, depth) => Math.max(most, depth), 0);
  return Math.max(1, deepest - depthOf(path) - 1);
}
