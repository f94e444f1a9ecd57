import type { DiskTree } from "./disk-tree.ts";

/** The mounts of a disk as Linux tells them in `/proc/self/mountinfo`. */
export function mountTable(tree: DiskTree): string {
  const { mounts } = tree;
  const ids = new Map(mounts.map(({ link }, index) => [link, FIRST_MOUNT_ID + index]));
  const lines = mounts.map(({ link, device, root }) => {
    let above = tree.parentOf(link);
    while (above !== undefined && !ids.has(above)) above = tree.parentOf(above);
    const parentId = (above && ids.get(above)) ?? FIRST_MOUNT_ID - 1;
    const path = escaped(tree.pathOf(link));
    return `${ids.get(link)} ${parentId} 8:${device} ${escaped(root)} ${path} rw - ext4 /dev/sd${device} rw\n`;
  });
  return lines.join("");
}

const FIRST_MOUNT_ID = 21;

function escaped(path: string): string {
  return path.replaceAll(
    /[ \t\n\\#]/g,
    (sign) => `\\${sign.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
}
