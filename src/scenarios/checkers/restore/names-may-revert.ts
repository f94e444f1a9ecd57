import type { RestoreRun } from "../../observation/restore-run.ts";

/**
 * Windows syncs no folders: a name that was put in place or removed may be as before once the power is
 * lost, although the agent was told otherwise and its database, which does sync, says so.
 */
export function namesMayRevert({ disk, stop }: RestoreRun): boolean {
  return disk === "windows" && stop?.kind === "power-loss";
}
