import { homedir } from "node:os";
import { posix, resolve, win32 } from "node:path";

/** Where the default comes from; the process's own by default. */
export interface HomePathHost {
  readonly platform?: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The agent's own folder: what `--home` says, else `AZUKERU_HOME`, else the place the operating
 * system keeps for the state of applications: `%APPDATA%` on Windows, `~/Library/Application
 * Support` on macOS, `$XDG_STATE_HOME` or `~/.local/state` elsewhere. Always absolute.
 *
 * A variable that is empty counts as one that is not set, and so does a variable of the system that
 * is no absolute path (XDG Base Directory Specification): the state file holds a password and must
 * not land wherever the command happens to be started.
 */
export function homePathOf(asked: string | undefined, host: HomePathHost): string {
  return resolve(asked ?? (host.env["AZUKERU_HOME"] || defaultHomePath(host)));
}

function defaultHomePath({ platform = process.platform, env }: HomePathHost): string {
  const path = platform === "win32" ? win32 : posix;
  const folder = (name: string): string | undefined => {
    const value = env[name];
    return value !== undefined && path.isAbsolute(value) ? value : undefined;
  };
  const user = folder("HOME") ?? homedir();
  if (platform === "win32") {
    return path.join(folder("APPDATA") ?? path.join(user, "AppData", "Roaming"), "azukeru-agent");
  }
  if (platform === "darwin") {
    return path.join(user, "Library", "Application Support", "azukeru-agent");
  }
  return path.join(folder("XDG_STATE_HOME") ?? path.join(user, ".local", "state"), "azukeru-agent");
}
