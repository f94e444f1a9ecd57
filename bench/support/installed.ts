import { spawnSync } from "node:child_process";

/** A program's name, with its version where it has one. */
export function titled(program: string, version: string | undefined): string {
  return version === undefined ? program : `${program} ${version}`;
}

/** What a program calls its version; undefined when it is not installed. */
export function installedVersion(program: "restic" | "rclone"): string | undefined {
  const { stdout, status } = spawnSync(program, ["version"], { encoding: "utf8" });
  if (status !== 0) return undefined;
  return /^\w+ v?(\S+)/.exec(stdout)?.[1] ?? "of unknown version";
}
