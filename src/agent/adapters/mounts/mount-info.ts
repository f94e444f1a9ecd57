/** One line of `/proc/self/mountinfo` (proc_pid_mountinfo(5)). */
export interface MountInfo {
  readonly id: string;
  /** The mount that it is on; of the outermost one that can be seen, one that is not in the table. */
  readonly parentId: string;
  /** The folder of the file system that is mounted. */
  readonly root: string;
  /** The folder that it is mounted on. */
  readonly path: string;
  /** The type of the file system, such as `ext4` or `nfs4`. */
  readonly type: string;
}

/** The mounts in `/proc/self/mountinfo`, in its order. A line that is not as documented is left out. */
export function readMountInfo(text: string): readonly MountInfo[] {
  return text.split("\n").flatMap((line) => {
    // Any number of fields may stand before the dash.
    const [before = "", after] = line.split(" - ");
    const [id, parentId, , root, path] = before.split(" ");
    const type = after?.split(" ")[0];
    if (id === undefined || parentId === undefined || type === undefined) return [];
    if (root === undefined || path === undefined) return [];
    return [{ id, parentId, root: unescaped(root), path: unescaped(path), type: unescaped(type) }];
  });
}

/** Blanks, tabs, line ends, backslashes and number signs are written as a backslash and three octal digits. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 8)),
  );
}
