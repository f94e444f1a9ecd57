import { homedir, userInfo, version } from "node:os";
import { join } from "node:path";

import type { Host, HostKind } from "../../ports/host.ts";
import type { Programs } from "../../ports/programs.ts";
import { NodePrograms } from "../node-programs.ts";
import { LaunchdHost } from "./launchd-host.ts";
import { SystemdHost } from "./systemd-host.ts";
import { WindowsHost } from "./windows-host.ts";

/** Where the answer comes from; the machine's own by default. */
export interface NodeHostOptions {
  readonly platform?: NodeJS.Platform;
  /** Windows' own name, as `Windows Server 2012 R2 Standard`. */
  readonly systemName?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly programs?: Programs;
}

/** The PC this process runs on. Systems that are neither Windows nor macOS are taken for Linux. */
export function nodeHost(options: NodeHostOptions = {}): Host {
  const { platform = process.platform, env = process.env } = options;
  const programs = options.programs ?? new NodePrograms({ platform, env });
  if (platform === "win32") {
    return new WindowsHost({ programs, kind: windowsKind(options.systemName ?? version()), env });
  }
  const { uid: userId, username: userName } = userInfo();
  const home = env["HOME"] ?? homedir();
  if (platform === "darwin") {
    return new LaunchdHost({
      programs,
      agentFolder: join(home, "Library", "LaunchAgents"),
      userId,
    });
  }
  const configFolder = env["XDG_CONFIG_HOME"] ?? join(home, ".config");
  const unitFolder = join(configFolder, "systemd", "user");
  return new SystemdHost({ programs, unitFolder, userId, userName, env });
}

function windowsKind(systemName: string): Extract<HostKind, `windows${string}`> {
  if (/Server 2012/i.test(systemName)) return "windows-server-2012";
  return /Server/i.test(systemName) ? "windows-server" : "windows";
}
