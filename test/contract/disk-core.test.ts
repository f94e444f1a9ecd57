import { Superblock, type Link } from "@jsonjoy.com/fs-core";
import { createFsFromVolume, Volume, type IFs } from "memfs";
import { beforeEach, describe, expect, test } from "vitest";

import { DiskTree } from "../../src/sim-server/disk/disk-tree.ts";
import { posixPaths } from "../../src/sim-server/disk/path-style.ts";

/*
 * The simulated disk keeps its entries and bytes in memfs's inode layer (@jsonjoy.com/fs-core). Here
 * stands what it takes for granted of it, so that another version that behaves otherwise is noticed
 * here and not in a scenario. memfs's own file system looks at the same inodes from above: it must see
 * what the disk did.
 */

let stampNs = 0n;
let tree: DiskTree;
let memfs: IFs;

beforeEach(() => {
  stampNs = 0n;
  tree = new DiskTree({
    style: posixPaths,
    blind: { toCase: false, toForm: false },
    stableIds: true,
    stampNs: () => (stampNs += 1n),
  });
  memfs = createFsFromVolume(new Volume(tree.root.vol));
});

function put(folder: Link, name: string, text: string): Link {
  const link = tree.create(folder, name, "file");
  tree.write(tree.node(link), Buffer.from(text), 0);
  return link;
}

describe("memfs sees of the disk", () => {
  test("folders, files and their bytes", () => {
    const folder = tree.create(tree.root, "資料", "folder");
    put(folder, "a.txt", "one");
    expect(memfs.readdirSync("/")).toEqual(["資料"]);
    expect(memfs.readFileSync("/資料/a.txt", "utf8")).toBe("one");
    expect(memfs.statSync("/資料").isDirectory()).toBe(true);
  });

  test("an entry at its new place, with everything below it", () => {
    const [from, to] = [
      tree.create(tree.root, "a", "folder"),
      tree.create(tree.root, "b", "folder"),
    ];
    const moved = tree.create(from, "sub", "folder");
    put(moved, "x", "deep");
    tree.detach(moved);
    expect(memfs.readdirSync("/a")).toEqual([]);
    tree.attach(moved, to, "renamed");
    expect(memfs.readFileSync("/b/renamed/x", "utf8")).toBe("deep");
    expect(tree.pathOf(tree.child(moved, "x") ?? moved)).toBe("/b/renamed/x");
  });

  test("one inode under two names, until the last of them goes", () => {
    const first = put(tree.root, "first", "shared");
    const second = tree.link(tree.root, "second", tree.node(first));
    expect(memfs.statSync("/first").ino).toBe(memfs.statSync("/second").ino);
    tree.remove(first);
    expect(memfs.readFileSync("/second", "utf8")).toBe("shared");
    tree.remove(second);
    expect([memfs.readdirSync("/"), Object.keys(tree.root.vol.inodes).length]).toEqual([[], 1]);
  });
});

test("the disk sees what memfs wrote into one of its files", () => {
  const link = put(tree.root, "f", "before");
  memfs.writeFileSync("/f", "and after");
  expect(tree.node(link).core.getBuffer().toString()).toBe("and after");
});

describe("an inode", () => {
  const file = () => new Superblock().createNode(0o100644);

  test("fills with zeros what is skipped and what is grown", () => {
    const node = file();
    node.write(Buffer.from("ab"), 0, 2, 3);
    expect(node.getBuffer()).toEqual(Buffer.from("\0\0\0ab"));
    node.truncate(1);
    node.truncate(4);
    expect([node.getSize(), node.getBuffer()]).toEqual([4, Buffer.alloc(4)]);
  });

  test("reads short at its end and nothing behind it", () => {
    const node = file();
    node.write(Buffer.from("abc"));
    const into = Buffer.alloc(4);
    expect([node.read(into, 1, 3, 1), into.toString(), node.read(into, 0, 4, 3)]).toEqual([
      2,
      "\0bc\0",
      0,
    ]);
  });

  test("gives copies of its bytes and keeps copies of what is written", () => {
    const node = file();
    const written = Buffer.from("abc");
    node.write(written);
    written.fill(0);
    node.getBuffer().fill(0);
    expect(node.getBuffer().toString()).toBe("abc");
  });
});

test("the top is its own parent and has no name, and a folder lists its entries as they came", () => {
  const { root } = new Superblock();
  expect([root.parent, root.steps]).toEqual([root, [""]]);
  for (const name of ["b", "a", "c"]) tree.create(tree.root, name, "file");
  expect(Array.from(tree.children(tree.root), ([name]) => name)).toEqual(["b", "a", "c"]);
});

test("an entry made without a place belongs nowhere until it is given one", () => {
  const block = new Superblock();
  const link = block.createLink();
  expect([
    link.parent,
    [...block.root.children.keys()].filter((name) => !name.startsWith(".")),
  ]).toEqual([undefined, []]);
});
