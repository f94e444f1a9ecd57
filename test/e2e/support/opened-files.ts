import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import type { RunningCommand } from "./own-command.ts";
import { startProgram } from "./own-command.ts";

/** Whether this machine can tell which files a process opens. */
export function canTraceOpens(): boolean {
  return spawnSync("strace", ["-e", "trace=openat", "true"]).status === 0;
}

/** Runs a command line under `strace`; what it opens goes into `traceFile`. */
export function startTraced(
  commandLine: readonly string[],
  traceFile: string,
  env: Readonly<Record<string, string>>,
): RunningCommand {
  // Without a limit, long paths would be cut short.
  const options = ["-f", "-e", "trace=open,openat,openat2", "-s", "8192", "-xx", "-o", traceFile];
  return startProgram("strace", [...options, ...commandLine], env);
}

/** The files below `folder` that were opened, folders not counted; each once. */
export function openedFiles(traceFile: string, folder: string): ReadonlySet<string> {
  const opened = new Set<string>();
  for (const line of readFileSync(traceFile, "utf8").split("\n")) {
    const path = /\bopen(?:at2?)?\((?:AT_FDCWD, )?"((?:\\x[0-9a-f]{2})+)"/.exec(line)?.[1];
    if (path === undefined || line.includes("O_DIRECTORY")) continue;
    const decoded = Buffer.from(path.replaceAll("\\x", ""), "hex").toString("utf8");
    if (decoded.startsWith(`${folder}/`)) opened.add(decoded.slice(folder.length + 1));
  }
  return opened;
}
