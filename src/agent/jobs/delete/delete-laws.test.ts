import * as fc from "fast-check";
import { expect, test } from "vitest";

import { foldersAbove } from "../../core/folders-above.ts";
import { DeleteBench } from "../../testing/delete-bench.ts";
import { DESTINATION, SMALL } from "../../testing/fixtures.ts";

const name = fc.constantFrom("a", "b", "a.", "a0", "c");
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));

/** What a world begins with and what befalls it; a change that cannot be made is left out. */
const stories: fc.Arbitrary<Story> = fc.record({
  files: fc.uniqueArray(path, { minLength: 1, maxLength: 10 }),
  emptyFolders: fc.uniqueArray(path, { maxLength: 3 }),
  removed: fc.array(fc.nat({ max: 30 }), { maxLength: 8 }),
  added: fc.array(path, { maxLength: 3 }),
  theirs: fc.uniqueArray(path, { maxLength: 3 }),
  unreadable: fc.array(path, { maxLength: 2 }),
});

interface Story {
  readonly files: readonly string[];
  readonly emptyFolders: readonly string[];
  readonly removed: readonly number[];
  readonly added: readonly string[];
  readonly theirs: readonly string[];
  readonly unreadable: readonly string[];
}

const FILE_FOR_A_FOLDER: Story = {
  files: ["a0/a", "a"],
  emptyFolders: ["a0/a./a"],
  removed: [0],
  added: ["a0/a."],
  theirs: [],
  unreadable: [],
};

/** A disk's files, and what it refuses. */
class Told {
  readonly bench = new DeleteBench({ tuning: { retryBudgetMs: 10_000 } });
  /** What this agent backed up: files by path. */
  readonly mine = new Set<string>();
  readonly theirs = new Set<string>();
  readonly onDisk = new Set<string>();
  readonly unreadable = new Set<string>();

  async begin(story: Story): Promise<void> {
    // Something always stays, so that the source is never suddenly empty.
    for (const file of ["zz", ...story.files]) this.#put(file);
    for (const folder of story.emptyFolders) {
      const isFree = [folder, ...foldersAbove(folder).map((one) => one.slice(0, -1))].every(
        (one) => !this.onDisk.has(one),
      );
      if (isFree) this.bench.disk.mkdir(`/source/${folder}`);
    }
    for (const file of story.theirs) {
      this.theirs.add(file);
      const content = Buffer.from("theirs");
      const stored = {
        sizeBytes: 6,
        modifiedAtNs: "0",
        mode: null,
        sha256: "00".repeat(32),
        content,
      };
      this.bench.service.generations.set(`${DESTINATION}/${file}`, [stored]);
      for (const folder of foldersAbove(file)) {
        this.bench.service.folders.add(`${DESTINATION}/${folder.slice(0, -1)}`);
      }
    }
    await this.bench.runAll();
    for (const file of this.onDisk) this.mine.add(file);
  }

  change(story: Story): void {
    const all = [...this.onDisk].filter((file) => file !== "zz");
    for (const which of story.removed) {
      const file = all[which % Math.max(all.length, 1)];
      if (file === undefined || !this.onDisk.has(file)) continue;
      // Every other time the folder goes with all that is in it.
      const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : file;
      const gone = which % 2 === 0 ? folder : file;
      this.bench.disk.remove(`/source/${gone}`);
      for (const one of this.onDisk) {
        if (one === gone || one.startsWith(`${gone}/`)) this.onDisk.delete(one);
      }
    }
    for (const file of story.added) this.#put(file);
    for (const folder of story.unreadable) {
      this.unreadable.add(folder);
      this.bench.disk.refuse("list", `/source/${folder}`, "access-denied");
    }
  }

  /** Whether the file stands there, or an unreadable folder protects it from above. */
  isProtected(file: string): boolean {
    const above = foldersAbove(file).map((folder) => folder.slice(0, -1));
    return this.onDisk.has(file) || above.some((folder) => this.#isUnreadable(folder));
  }

  #isUnreadable(folder: string): boolean {
    return this.unreadable.has(folder) && this.#isFolder(folder);
  }

  #isFolder(folder: string): boolean {
    return this.bench.disk.kindAt(`/source/${folder}`) === "folder";
  }

  #put(file: string): void {
    const above = foldersAbove(file).map((folder) => folder.slice(0, -1));
    if (above.some((folder) => this.onDisk.has(folder)) || this.#isFolder(file)) return;
    this.bench.disk.put(`/source/${file}`, SMALL);
    this.onDisk.add(file);
  }
}

test("deleted is exactly what this agent backed up, what is gone, and not below an unreadable folder", async () => {
  await fc.assert(
    fc.asyncProperty(stories, async (story) => {
      const told = new Told();
      await told.begin(story);
      told.change(story);
      const before = new Set(Object.keys(told.bench.stored()));

      const { deletion } = await told.bench.runAll();

      const after = new Set(Object.keys(told.bench.stored()));
      const deleted = [...before].filter((file) => !after.has(file)).toSorted();
      const wanted = [...told.mine].filter((file) => !told.isProtected(file)).toSorted();
      expect(deleted).toEqual(wanted);
      const rows = deletion.rows.filter(({ entryKind }) => entryKind === "file");
      expect(rows.map((row) => row.path).toSorted()).toEqual(wanted);
      expect(deletion.job).toMatchObject({
        status: "completed",
        targetFileCount: wanted.length,
        transferredBytes: wanted.length * SMALL.length,
      });
      const folders = deletion.rows.filter(({ entryKind }) => entryKind === "folder");
      const stored = new Set(told.bench.storedFolders());
      expect(folders.filter((row) => stored.has(row.path))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test("killed at any exchange, the next run leaves service, index and disk agreeing", async () => {
  await fc.assert(
    fc.asyncProperty(
      stories,
      fc.nat({ max: 12 }),
      fc.constantFrom("never" as const, "unanswered" as const),
      async (story, nth, when) => {
        const told = new Told();
        const { bench } = told;
        await told.begin({ ...story, theirs: [] });
        told.change({ ...story, unreadable: [] });
        let left = nth;
        bench.service.onCall = (exchange) => {
          if (exchange !== "deleteFile" && exchange !== "deleteEmptyFolder") return;
          left -= 1;
          if (left === -1) bench.service.fail(exchange, { when });
        };
        void bench.startAll();
        await bench.clock.advance(0);
        bench.service.onCall = () => undefined;
        bench.restart();

        await bench.runAll();

        const files = [...told.onDisk].toSorted();
        const keys = bench.indexKeys();
        expect(Object.keys(bench.stored()).toSorted()).toEqual(files);
        expect(keys.filter((key) => !key.endsWith("/")).toSorted()).toEqual(files);
        const folders = bench.storedFolders();
        expect(
          folders.filter((folder) => bench.disk.kindAt(`/source/${folder}`) !== "folder"),
        ).toEqual([]);
        const { deletion } = await bench.runAll();
        expect(deletion.job.causes).toEqual(["DEL-OK-2"]);
      },
    ),
    {
      numRuns: 150,
      // A file in the place of a folder that held an empty one.
      examples: [[FILE_FOR_A_FOLDER, 0, "never"]],
    },
  );
});
