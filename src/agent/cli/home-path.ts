import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Where the default comes from; the process's own by default. */
export interface HomePathHost {
  readonly platform?: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The agent's own folder: what `--home` says, else `AZUKERU_HOME`, else the place the operating
 * system keeps for the state of applications: `%APPDATA%` on Windows, `~/Library/Application
 * Support` on macOS, `$XDG_STATE_HOME` or `~/.local/state` elsewhere. Always absolute.
 */
export function homePathOf(asked: string | undefined, host: HomePathHost): string {
  return resolve(asked ?? host.env["AZUKERU_HOME"] ?? defaultHomePath(host));
}

function defaultHomePath({ platform = process.platform, env }: HomePathHost): string {
  const user = env["HOME"] ?? homedir();
  if (platform === "win32") {
    return join(env["APPDATA"] ?? join(user, "AppData", "Roaming"), "azukeru-agent");
  }
  if (platform === "darwin") {
    return join(user, "Library", "Application Support", "azukeru-agent");
  }
  return join(env["XDG_STATE_HOME"] ?? join(user, ".local", "state"), "azukeru-agent");
}
