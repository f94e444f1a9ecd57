import { constants } from "node:fs";

import type { NodeTargetFs, NodeTargetHandle } from "../../../agent/adapters/node-target-disk.ts";
import type { TargetCall } from "../../scenario/moment.ts";

interface DiskTargetGateOptions {
  readonly fs: NodeTargetFs;
  /** Where a path of the process truly leads. */
  readonly truePath: (path: string) => string;
  /** Called at the very moment of a call, before it: what it does to the disk, the call meets. */
  readonly onCall: (call: TargetCall, path: string) => void;
}

/** Stands before the simulated disk where restores go, so that things can happen at the moment of a call. */
export function diskTargetGate({
  fs,
  truePath,
  onCall: tell,
}: DiskTargetGateOptions): NodeTargetFs {
  const onCall: DiskTargetGateOptions["onCall"] = (call, path) => tell(call, truePath(path));
  return {
    lstat: (path, wish) => fs.lstat(path, wish),
    realpath: (path) => fs.realpath(path),
    readlink: (path) => fs.readlink(path),
    opendir: (path, wish) => fs.opendir(path, wish),
    async open(path, flags, mode) {
      if ((flags & constants.O_CREAT) !== 0) onCall("create", path);
      else if ((flags & constants.O_DIRECTORY) !== 0) onCall("enter", path);
      return gatedHandle(await fs.open(path, flags, mode), path, onCall);
    },
    mkdir(path, options) {
      onCall("make-folder", path);
      return fs.mkdir(path, options);
    },
    utimes(path, accessedAt, modifiedAt) {
      onCall("set-times", path);
      return fs.utimes(path, accessedAt, modifiedAt);
    },
    rename(from, to) {
      onCall("put-in-place", to);
      return fs.rename(from, to);
    },
    link(from, to) {
      onCall("put-in-place", to);
      return fs.link(from, to);
    },
    unlink(path) {
      onCall("remove", path);
      return fs.unlink(path);
    },
  };
}

function gatedHandle(
  handle: NodeTargetHandle,
  path: string,
  onCall: DiskTargetGateOptions["onCall"],
): NodeTargetHandle {
  return {
    fd: handle.fd,
    stat: (wish) => handle.stat(wish),
    read: (buffer, offset, length, position) => handle.read(buffer, offset, length, position),
    write(buffer, offset, length, position) {
      onCall("write", path);
      return handle.write(buffer, offset, length, position);
    },
    truncate: (sizeBytes) => handle.truncate(sizeBytes),
    utimes(accessedAt, modifiedAt) {
      onCall("set-times", path);
      return handle.utimes(accessedAt, modifiedAt);
    },
    chmod: (mode) => handle.chmod(mode),
    sync() {
      onCall("sync", path);
      return handle.sync();
    },
    close: () => handle.close(),
  };
}
