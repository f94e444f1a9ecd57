import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";

import type { SourceDisk } from "../ports/source-disk.ts";
import { NodeDisk } from "./node-disk.ts";

let home: string;
let root: string;
let disk: SourceDisk;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "source-boundary-")));
  root = join(home, "source");
  mkdirSync(join(root, "in/deep"), { recursive: true });
  writeFileSync(join(root, "in/deep/file"), "inside");
  mkdirSync(join(home, "elsewhere/deep"), { recursive: true });
  writeFileSync(join(home, "elsewhere/deep/file"), "outside");
  disk = new NodeDisk().within(root);
});

async function textOf(path: string): Promise<string> {
  const file = await disk.open(path);
  try {
    const buffer = Buffer.alloc(100);
    return buffer.subarray(0, await file.read(buffer, 0)).toString();
  } finally {
    await file.close();
  }
}

async function namesOf(path: string): Promise<readonly (string | undefined)[]> {
  const names: (string | undefined)[] = [];
  for await (const entries of disk.list(path)) names.push(...entries.map(({ name }) => name));
  return names;
}

function swap(): void {
  renameSync(join(root, "in"), join(home, "moved"));
  symlinkSync(join(home, "elsewhere"), join(root, "in"));
}

describe.runIf(process.platform === "linux")("below a folder", () => {
  test("files are read and folders listed", async () => {
    expect(await textOf(join(root, "in/deep/file"))).toBe("inside");
    expect(await namesOf(root)).toEqual(["in"]);
    expect(await namesOf(join(root, "in/deep"))).toEqual(["file"]);
  });

  test("nothing is read or listed through a link that took the place of a folder on the way", async () => {
    expect(await namesOf(root)).toEqual(["in"]);
    swap();

    await expect(textOf(join(root, "in/deep/file"))).rejects.toMatchObject({ kind: "not-found" });
    await expect(namesOf(join(root, "in/deep"))).rejects.toMatchObject({ kind: "not-found" });
    await expect(namesOf(join(root, "in"))).rejects.toMatchObject({ kind: "not-a-folder" });
  });

  test("nothing is read through a link that leads back into it either", async () => {
    expect(await namesOf(root)).toEqual(["in"]);
    renameSync(join(root, "in"), join(root, "moved"));
    symlinkSync(join(root, "moved"), join(root, "in"));

    await expect(textOf(join(root, "in/deep/file"))).rejects.toMatchObject({ kind: "not-found" });
  });

  test("a link in the place of the folder itself leads nowhere", async () => {
    expect(await namesOf(root)).toEqual(["in"]);
    renameSync(root, join(home, "moved"));
    symlinkSync(join(home, "elsewhere"), root);

    await expect(textOf(join(root, "deep/file"))).rejects.toMatchObject({ kind: "not-found" });
  });

  test("links above it are followed, as whoever chose it meant", async () => {
    symlinkSync(home, join(home, "home"));
    disk = new NodeDisk().within(join(home, "home/source"));

    expect(await textOf(join(home, "home/source/in/deep/file"))).toBe("inside");
    expect(await namesOf(join(home, "home/source/in/deep"))).toEqual(["file"]);
  });

  test("a path that the host spells in another way is opened folder by folder", async () => {
    expect(await textOf(`${root}//in/deep//file`)).toBe("inside");
    swap();
    await expect(textOf(`${root}//in/deep//file`)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("no file stays open", async () => {
    const openCount = (): number => readdirSync("/proc/self/fd").length;
    const before = openCount();
    await namesOf(join(root, "in/deep"));
    await textOf(join(root, "in/deep/file"));
    swap();
    await textOf(join(root, "in/deep/file")).catch(() => undefined);
    expect(openCount()).toBe(before);
  });
});
