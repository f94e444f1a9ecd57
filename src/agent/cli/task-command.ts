import { resolve } from "node:path";

/**
 * The command that the OS scheduler starts: this very program, under this very Node, as the daemon
 * of the home folder. Absolute, because a scheduler has no current folder and little of a `PATH`.
 */
export function taskCommand(homePath: string, script: string = process.argv[1] ?? ""): string[] {
  return [process.execPath, resolve(script), "--home", homePath, "daemon", "--from-task"];
}
