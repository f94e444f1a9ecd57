import { describe, expect, test } from "vitest";

import { DiskError, type DiskStat, type OpenFile } from "../../ports/source-disk.ts";
import { aStat } from "../../testing/fixtures.ts";
import { readAhead } from "./read-ahead.ts";

/** An open file with this content; reading fails from the offset `failAt` on. */
class ScriptedFile implements OpenFile {
  readonly content: Buffer;
  readonly failAt: number;
  readsUnderWay = 0;

  constructor(content: string, failAt: number = Number.POSITIVE_INFINITY) {
    this.content = Buffer.from(content);
    this.failAt = failAt;
  }

  stat(): Promise<DiskStat> {
    return Promise.resolve(aStat());
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async read(buffer: Uint8Array, offsetBytes: number): Promise<number> {
    this.readsUnderWay += 1;
    await Promise.resolve();
    this.readsUnderWay -= 1;
    if (offsetBytes >= this.failAt) throw new DiskError("io", "/file", "cannot read");
    // A short read, as a disk may give: two bytes at a time.
    const end = Math.min(offsetBytes + 2, this.content.length);
    return this.content.copy(buffer, 0, offsetBytes, end);
  }
}

async function pieces(content: string, sizeBytes: number): Promise<string[]> {
  const found: string[] = [];
  for await (const piece of readAhead(new ScriptedFile(content), sizeBytes, 4)) {
    found.push(Buffer.from(piece).toString());
  }
  return found;
}

describe("reading ahead", () => {
  test("gives every byte once, in order, in pieces of the asked size", async () => {
    expect(await pieces("abcdefghijk", 11)).toEqual(["abcd", "efgh", "ijk"]);
  });

  test("gives nothing of an empty file", async () => {
    expect(await pieces("", 0)).toEqual([]);
  });

  test("takes no more than the size it was told, though the file grew", async () => {
    expect(await pieces("abcdefghijk", 6)).toEqual(["abcd", "ef"]);
  });

  test("ends where a file that shrank ends", async () => {
    expect(await pieces("abcde", 11)).toEqual(["abcd", "e"]);
  });

  test("leaves a piece alone while it is used, though the next is read meanwhile", async () => {
    for await (const piece of readAhead(new ScriptedFile("abcdefghijkl"), 12, 4)) {
      const before = Buffer.from(piece).toString();
      await new Promise((resolve) => setImmediate(resolve));
      expect(Buffer.from(piece).toString()).toBe(before);
    }
  });

  test("passes a failure of the disk on, after the pieces before it", async () => {
    const reader = readAhead(new ScriptedFile("abcdefgh", 4), 8, 4);
    const first = await reader.next();
    expect(first.done).toBe(false);
    await expect(reader.next()).rejects.toThrow("cannot read");
  });

  test("has no read under way when it is left early", async () => {
    const file = new ScriptedFile("abcdefghijkl");
    const reader = readAhead(file, 12, 4);
    await reader.next();
    await reader.return();
    expect(file.readsUnderWay).toBe(0);
  });
});
