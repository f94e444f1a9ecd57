import { expect, test } from "vitest";

import { readMountInfo } from "./mount-info.ts";

test("a line of the kernel's documentation, with optional fields", () => {
  const line =
    "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:2 - ext3 /dev/root rw,errors=continue\n";
  expect(readMountInfo(line)).toEqual([
    { id: "36", parentId: "35", root: "/mnt1", path: "/mnt2", type: "ext3" },
  ]);
});

test.each([
  ["a blank", String.raw`/srv/a\040b`, "/srv/a b"],
  ["a tab and a line end", String.raw`/srv/a\011b\012c`, "/srv/a\tb\nc"],
  ["a backslash before digits", String.raw`/srv/a\134040`, String.raw`/srv/a\040`],
  ["a number sign", String.raw`/srv/a\043b`, "/srv/a#b"],
  ["Japanese", "/srv/共有", "/srv/共有"],
])("%s in root and path", (_, written, name) => {
  const line = `40 36 8:1 ${written} ${written} rw - ext4 /dev/sda1 rw`;
  expect(readMountInfo(line)).toMatchObject([{ root: name, path: name }]);
});

test("a path with the dash between the fields in it", () => {
  const line = String.raw`40 36 8:1 / /srv/a\040-\040b rw shared:1 - ext4 /dev/sda1 rw`;
  expect(readMountInfo(line)).toMatchObject([{ path: "/srv/a - b", type: "ext4" }]);
});

test.each(["", "\n", "36 35 98:0 /mnt1 /mnt2 rw", "36 35 - ext4"])(
  "what is no line of the table is left out: %j",
  (text) => {
    expect(readMountInfo(text)).toEqual([]);
  },
);
