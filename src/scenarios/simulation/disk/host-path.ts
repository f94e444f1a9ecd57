import type { Scenario } from "../../scenario/scenario.ts";

/** How the scenario's paths, which begin with `/`, are written on its kind of disk, and back. */
export interface HostPaths {
  readonly toHost: (path: string) => string;
  readonly fromHost: (path: string) => string;
  /** Whether files and folders have permission bits there. */
  readonly hasModes: boolean;
}

const POSIX: HostPaths = { toHost: (path) => path, fromHost: (path) => path, hasModes: true };

const DRIVE = "C:";

const WINDOWS: HostPaths = {
  toHost: (path) => DRIVE + path.replaceAll("/", "\\"),
  fromHost: (path) => path.slice(DRIVE.length).replaceAll("\\", "/"),
  hasModes: false,
};

/** The spelling of paths on a scenario's disk. */
export function hostPaths(disk: Scenario["disk"]): HostPaths {
  return disk === "windows" ? WINDOWS : POSIX;
}

const SLASH = 0x2f;

/** Whether a name given by its bytes has a slash in it: no healthy disk can hold it. */
export function isStrangeName(nameBase64: string): boolean {
  return Buffer.from(nameBase64, "base64").includes(SLASH);
}

/**
 * Where an entry truly stands: a name given by its bytes takes the place of the last name, unless no
 * disk can hold it; then it stands under the name that stands for it.
 */
export function entryPlace(
  path: string,
  nameBase64: string | undefined,
  paths: HostPaths,
): string | Uint8Array {
  if (nameBase64 === undefined || isStrangeName(nameBase64)) return paths.toHost(path);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return Buffer.concat([Buffer.from(paths.toHost(folder)), Buffer.from(nameBase64, "base64")]);
}
