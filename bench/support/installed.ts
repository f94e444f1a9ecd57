import { spawnSync } from "node:child_process";

/** What a program calls its version; undefined when it is not installed. */
export function installedVersion(program: "restic" | "rclone"): string | undefined {
  const { stdout, status } = spawnSync(program, ["version"], { encoding: "utf8" });
  if (status !== 0) return undefined;
  return /^\w+ v?(\S+)/.exec(stdout)?.[1] ?? "of unknown version";
}
