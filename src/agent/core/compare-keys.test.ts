import { DatabaseSync } from "node:sqlite";

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareKeys, compareNames } from "./compare-keys.ts";

/** A folder as names: a file's value is null, a folder's its own names. */
interface Folder {
  readonly [name: string]: Folder | null;
}

// Around "/" (0x2f) and around the surrogates, where orders that look alike come apart.
const TRICKY = [
  "\u0001",
  " ",
  "!",
  "-",
  ".",
  "0",
  "a",
  "あ",
  "\uD7FF",
  "\uE000",
  "\uFF5E",
  "\u{10000}",
  "\u{1F600}",
  "\u{10FFFF}",
];

const name = fc
  .array(
    fc.oneof(fc.constantFrom(...TRICKY), fc.string({ unit: "binary", minLength: 1, maxLength: 1 })),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((characters) => characters.join("").replaceAll(/[/\0]/gu, "_"));

const { folder } = fc.letrec<{ folder: Folder; entry: Folder | null }>((tie) => ({
  folder: fc.dictionary(name, tie("entry"), { maxKeys: 6 }),
  entry: fc.oneof({ depthSize: "small" }, fc.constant(null), tie("folder")),
}));

const key = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));

/** All keys in the order of a walk that sorts each folder by `compareNames`. */
function walk(tree: Folder, prefix = ""): string[] {
  const names = Object.keys(tree).map((one) => ({
    text: one,
    nameBytes: Buffer.from(one),
    isFolder: tree[one] !== null,
  }));
  return names.toSorted(compareNames).flatMap(({ text }) => {
    const below = tree[text];
    return below ? [`${prefix}${text}/`, ...walk(below, `${prefix}${text}/`)] : [prefix + text];
  });
}

function byBytes(keys: readonly string[]): string[] {
  return keys.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
}

function bySqlite(keys: readonly string[]): string[] {
  using database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE k (key TEXT PRIMARY KEY) WITHOUT ROWID");
  const insert = database.prepare("INSERT INTO k VALUES (?)");
  for (const one of keys) insert.run(one);
  return database
    .prepare("SELECT key FROM k ORDER BY key")
    .all()
    .map((row) => String(row["key"]));
}

describe("the order of keys", () => {
  test("of a walk, of UTF-8 bytes, of compareKeys and of SQLite is one", () => {
    fc.assert(
      fc.property(folder, (tree) => {
        const walked = walk(tree);
        expect(walked).toEqual(byBytes(walked));
        expect(walked).toEqual(walked.toSorted(compareKeys));
        expect(walked).toEqual(bySqlite(walked));
      }),
    );
  });

  test("has a folder's content between names that begin like the folder's", () => {
    const tree = { "a-": null, a: { "~": null }, "a.txt": null, a0: null };

    const walked = walk(tree);

    expect(walked).toEqual(["a-", "a.txt", "a/", "a/~", "a0"]);
  });

  test("puts U+FF5E before a surrogate pair, which UTF-16 does not", () => {
    const keys = ["\uFF5E", "\u{10000}"];

    expect(keys.toSorted(compareKeys)).toEqual(keys);
    expect(keys.toSorted()).not.toEqual(keys);
  });

  test("agrees with the bytes for any two keys, either way round", () => {
    fc.assert(
      fc.property(key, key, (left, right) => {
        const wanted = Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right)));
        expect(Math.sign(compareKeys(left, right))).toBe(wanted);
        expect(Math.sign(compareKeys(right, left))).toBe(0 - wanted);
      }),
    );
  });
});

test("names that are not valid Unicode are ordered by their bytes", () => {
  const broken = { nameBytes: Buffer.from([0x66, 0xff]), isFolder: false };
  const valid = { nameBytes: Buffer.from("fz"), isFolder: false };

  expect(compareNames(valid, broken)).toBeLessThan(0);
  expect(compareNames(broken, broken)).toBe(0);
});
