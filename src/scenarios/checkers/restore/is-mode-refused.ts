import { hits } from "../shared/communication.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";

/** Whether the disk takes no mode, and the row of the entry says that its mode is not kept. What else goes wrong there is a failure. */
export function isModeRefused(
  run: RestoreRun,
  row: Pick<RestoreRun["rows"][number], "detail"> | undefined,
): boolean {
  const isRefused = (run.faults.disk ?? []).some(
    ({ operation, kind }, index) =>
      operation === "chmod" && kind === "access-denied" && hits(run, "disk", index) > 0,
  );
  const code = row?.detail?.code;
  return isRefused && code !== undefined && SAYS_NO_MODE.has(code);
}

const SAYS_NO_MODE: ReadonlySet<string> = new Set([
  "restore.mode-not-kept",
  "restore.kept-beside-without-mode",
]);
