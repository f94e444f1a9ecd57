import type { RestoreRun } from "../../observation/restore-run.ts";

/**
 * Windows syncs no folders: a name that was put in place or removed may be as before once the power is
 * lost, although the agent was told otherwise and its database, which does sync, says so. It is all the same
 * whether the job had its end by then.
 */
export function namesMayRevert({ disk, stop, stopBehind }: RestoreRun): boolean {
  return disk === "windows" && [stop, stopBehind].some((end) => end?.kind === "power-loss");
}
