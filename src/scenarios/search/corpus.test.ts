import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import { Corpus } from "./corpus.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "azukeru-corpus-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function corpusOf(code: string, entryCountMax?: number): Corpus {
  return new Corpus(folder, code, { aheadCount: 2, ...(entryCountMax && { entryCountMax }) });
}

function files(): readonly string[] {
  return readdirSync(join(folder, "kept")).toSorted();
}

test("keeps what comes to something new, and nothing else", () => {
  const corpus = corpusOf("code");

  expect([corpus.offer("a", [1, 2]), corpus.offer("b", [2, 1]), corpus.offer("c", [2, 3])]).toEqual(
    [2, 0, 1],
  );
  expect(corpus).toMatchObject({ size: 2, featureCount: 3 });
  expect(files()).toHaveLength(2);
});

test("a search of the same code starts from it and runs none of it again", () => {
  const before = corpusOf("code");
  before.offer("a", [1, 2]);
  before.offer("c", [3]);
  before.writeIndex();

  const after = corpusOf("code");

  expect(after).toMatchObject({ size: 2, featureCount: 3 });
  expect(after.unknownPaths()).toEqual([]);
  expect(after.offer("d", [1, 2, 3])).toBe(0);
});

test("of other code nothing is known: all is to be run again, the smallest first, and what brings nothing goes", () => {
  const before = corpusOf("code");
  before.offer("a longer one", [1, 2]);
  before.offer("short", [3]);
  before.writeIndex();

  const after = corpusOf("other code");
  const [short = "", long = ""] = after.unknownPaths();

  expect(after.size).toBe(0);
  after.offer("short", [1, 2, 3]);
  after.forget(short);
  after.forget(long);
  expect(files()).toEqual([basename(short)]);
});

test("is as good as empty with an index that cannot be read", () => {
  corpusOf("code").offer("a", [1]);
  expect(corpusOf("code").unknownPaths()).toHaveLength(1);
});

test("chooses among all, most of all what served seldom", () => {
  const corpus = corpusOf("code");
  const random = new SeededRandom(1);
  expect(corpus.choose(random)).toBeUndefined();
  for (let at = 0; at < 10; at += 1) corpus.offer(`text ${at}`, [at]);

  const chosen = Array.from({ length: 100 }, () => corpus.choose(random));

  const counts = [...Map.groupBy(chosen, (path) => path).values()].map(({ length }) => length);
  expect(counts).toHaveLength(10);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(8);
});

test("what gives way is there until all that may have been made from it was run", () => {
  const corpus = corpusOf("code", 3);
  const random = new SeededRandom(1);
  const chosen = new Set<string>();
  for (let at = 0; at < 20; at += 1) {
    const paths = [corpus.choose(random), corpus.any(random)].flatMap((path) => path ?? []);
    for (const path of paths) chosen.add(basename(path));
    // What was chosen before these two is read only behind them.
    corpus.offer(`text ${at}`, [at]);
    corpus.offer(`more ${at}`, [100 + at]);
    expect(files()).toEqual(expect.arrayContaining(paths.map((path) => basename(path))));
  }

  expect(chosen.size).toBeGreaterThan(3);
  expect(files().length).toBe(5);
  corpus.removeLeaving();
  expect(files()).toHaveLength(3);
});
