import { describe, expect, test } from "vitest";

import { readMountInfo } from "./mount-info.ts";
import { MountTree } from "./mount-tree.ts";

const ROOT = "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw";

function placeIn(lines: readonly string[], path: string): string {
  return new MountTree(readMountInfo(`${lines.join("\n")}\n`)).find(path).place;
}

/** Whether what is at a path is another device once the lines are in the table. */
function isOther(lines: readonly string[], path: string): boolean {
  return placeIn([ROOT], path) !== placeIn([ROOT, ...lines], path);
}

describe("a folder is at another place of its file system", () => {
  test("below a bind mount, which is on the same device", () => {
    const bind = "50 27 254:0 /srv/shared /home/me/shared rw,relatime shared:1 - ext4 /dev/vda rw";
    expect(isOther([bind], "/home/me/shared")).toBe(true);
    expect(isOther([bind], "/home/me/shared/a/b")).toBe(true);
    expect(isOther([bind], "/home/me/shared files")).toBe(false);
    expect(isOther([bind], "/home/me")).toBe(false);
  });

  test("below a bind mount of a folder of the same name", () => {
    const bind = "50 27 254:0 /shared /home/me/shared rw - ext4 /dev/vda rw";
    expect(isOther([bind], "/home/me/shared")).toBe(true);
  });

  test("below a bind mount with blanks in its names", () => {
    const bind = String.raw`50 27 254:0 /srv/a\040b /home/me/c\040d rw - ext4 /dev/vda rw`;
    expect(isOther([bind], "/home/me/c d/e")).toBe(true);
  });

  test("where another folder is mounted at the same path", () => {
    const [one, other] = ["/srv/one", "/srv/other"].map(
      (root) => `50 27 254:0 ${root} /src rw - ext4 /dev/vda rw`,
    );
    expect(placeIn([ROOT, one ?? ""], "/src")).not.toBe(placeIn([ROOT, other ?? ""], "/src"));
  });

  test("on another subvolume of btrfs", () => {
    const root = "25 1 0:22 /@ / rw,relatime shared:1 - btrfs /dev/sda2 rw,subvolid=256,subvol=/@";
    const home =
      "60 25 0:22 /@home /home rw,relatime shared:30 - btrfs /dev/sda2 rw,subvolid=257,subvol=/@home";
    expect(placeIn([root, home], "/home/me")).not.toBe(placeIn([root], "/home/me"));
    expect(placeIn([root, home], "/etc")).toBe(placeIn([root], "/etc"));
  });

  test("under a file system that was mounted over what is mounted there", () => {
    const lower = "50 27 254:0 /srv/a /src rw - ext4 /dev/vda rw";
    const upper = "51 50 254:0 /srv/b /src rw - ext4 /dev/vda rw";
    const over = placeIn([ROOT, lower, upper], "/src/x");
    expect(over).toBe(placeIn([ROOT, upper.replace("51 50", "51 27")], "/src/x"));
    expect(over).toBe(placeIn([upper, lower, ROOT], "/src/x"));
  });
});

describe("a folder is at the same place", () => {
  test("of a folder that a service manager mounts on itself", () => {
    const home = "70 27 254:0 /home /home ro,relatime - ext4 /dev/vda rw";
    expect(isOther([home], "/home/me/documents")).toBe(false);
  });

  test("whatever is mounted elsewhere, and by whatever number", () => {
    const [one, other] = ["50 27", "90 27"].map(
      (ids) => `${ids} 254:0 /srv/one /src rw - ext4 /dev/vda rw`,
    );
    const elsewhere = "91 27 0:50 / /run/user/1000 rw - tmpfs tmpfs rw";
    expect(placeIn([ROOT, one ?? ""], "/src/a")).toBe(
      placeIn([ROOT, elsewhere, other ?? ""], "/src/a"),
    );
  });

  test("of an overlay, as in a container, with volumes beside it", () => {
    const root =
      "690 603 0:68 / / rw,relatime master:259 - overlay overlay rw,lowerdir=/l/A:/l/B,upperdir=/u,workdir=/w";
    const volume =
      "712 690 254:1 /var/lib/docker/volumes/data/_data /data rw,relatime master:1 - ext4 /dev/vda1 rw";
    expect(placeIn([root, volume], "/srv")).toBe(placeIn([root], "/srv"));
    expect(placeIn([root, volume], "/data/x")).not.toBe(placeIn([root, volume], "/srv"));
  });

  test("of a mounted folder that was removed where it is from", () => {
    const bind = "50 27 254:0 /srv/shared /src rw - ext4 /dev/vda rw";
    const removed = bind.replace("/srv/shared", "/srv/shared//deleted");
    expect(placeIn([ROOT, removed], "/src/a")).toBe(placeIn([ROOT, bind], "/src/a"));
  });
});

test("what a hidden mount held does not count: a later one covers the folder it is in", () => {
  const below = "50 27 254:0 /srv/a /src/inner rw - ext4 /dev/vda rw";
  const cover = "51 27 254:0 /srv/b /src rw - ext4 /dev/vda rw";
  expect(placeIn([ROOT, below, cover], "/src/inner")).toBe(placeIn([ROOT, cover], "/src/inner"));
});

test("in a chroot that is no mount, a mount in it is told from what is around it", () => {
  const bind = "50 27 254:0 /srv/shared /src rw - ext4 /dev/vda rw";
  expect(placeIn([bind], "/home")).toBe("");
  expect(placeIn([bind], "/src")).not.toBe("");
});
