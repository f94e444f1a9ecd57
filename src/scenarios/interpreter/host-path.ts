import type { Scenario } from "../scenario.ts";

/** How the scenario's paths, which begin with `/`, are written on its kind of disk, and back. */
export interface HostPaths {
  readonly toHost: (path: string) => string;
  readonly fromHost: (path: string) => string;
}

const POSIX: HostPaths = { toHost: (path) => path, fromHost: (path) => path };

const DRIVE = "C:";

const WINDOWS: HostPaths = {
  toHost: (path) => DRIVE + path.replaceAll("/", "\\"),
  fromHost: (path) => path.slice(DRIVE.length).replaceAll("\\", "/"),
};

/** The spelling of paths on a scenario's disk. */
export function hostPaths(disk: Scenario["disk"]): HostPaths {
  return disk === "windows" ? WINDOWS : POSIX;
}
