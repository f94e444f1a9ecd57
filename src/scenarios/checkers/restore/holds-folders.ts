import type { RestoreRun } from "../../observation/restore-run.ts";
import { hits } from "../shared/communication.ts";

/**
 * Whether every folder that is restored into was held open, so that no link is followed: on Linux, unless
 * the disk refused to open something.
 */
export function holdsFolders(run: RestoreRun): boolean {
  const faults = run.faults.disk ?? [];
  const isRefused = faults.some(
    ({ operation }, index) => operation === "open" && hits(run, "disk", index) > 0,
  );
  return run.disk === "linux" && !isRefused;
}
