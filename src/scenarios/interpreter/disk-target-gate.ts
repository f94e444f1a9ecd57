import type { NodeTargetFs } from "../../agent/adapters/node-target-disk.ts";

/** What the gate stands before. */
export interface DiskTargetGateOptions {
  readonly fs: NodeTargetFs;
}

/** Stands before the simulated disk where restores go, so that a call can be seen where it is made. */
export function diskTargetGate({ fs }: DiskTargetGateOptions): NodeTargetFs {
  return {
    lstat: (path, wish) => fs.lstat(path, wish),
    opendir: (path, wish) => fs.opendir(path, wish),
    open: (path, flags) => fs.open(path, flags),
    mkdir: (path) => fs.mkdir(path),
    rename: (from, to) => fs.rename(from, to),
    link: (from, to) => fs.link(from, to),
    unlink: (path) => fs.unlink(path),
  };
}
