import { posix } from "node:path";

/** File systems whose files lie on another machine. */
const NETWORK_TYPES = new Set([
  "nfs",
  "nfs4",
  "cifs",
  "smb3",
  "smbfs",
  "afpfs",
  "webdav",
  "ncpfs",
  "afs",
  "ceph",
  "glusterfs",
  "9p",
  "fuse.sshfs",
  "fuse.davfs",
  "fuse.davfs2",
  "fuse.rclone",
  "fuse.glusterfs",
  "fuse.cephfs",
  "fuse.s3fs",
  "fuse.gvfsd-fuse",
]);

/** Where something is mounted, and of what type it is. */
export interface MountPoint {
  readonly path: string;
  readonly type: string;
}

/** Whether a path lies on a network file system: on the nearest mount above it, the newest of several. */
export function isOnNetwork(path: string, mounts: readonly MountPoint[]): boolean {
  const wanted = posix.normalize(path);
  let nearest: MountPoint | undefined;
  for (const mount of mounts) {
    const below = mount.path === "/" ? "/" : `${mount.path}/`;
    if (wanted !== mount.path && !wanted.startsWith(below)) continue;
    if (nearest === undefined || mount.path.length >= nearest.path.length) nearest = mount;
  }
  return nearest !== undefined && NETWORK_TYPES.has(nearest.type);
}

/** The mounts in what `mount` of macOS prints: `//taro@nas/share on /Volumes/share (smbfs, nodev)`. */
export function readMountTable(text: string): readonly MountPoint[] {
  return text.split("\n").flatMap((line) => {
    const found = /^.*? on (\/.*) \(([\w.]+)[,)]/.exec(line);
    return found === null ? [] : [{ path: found[1] ?? "", type: found[2] ?? "" }];
  });
}
