import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CAUSES, causesOf } from "./causes/causes.ts";
import { FORBIDDEN_CHARACTERS, forbiddenNameCause } from "./forbidden-name.ts";

const FORBIDDEN = FORBIDDEN_CHARACTERS.map(({ character }) => character);
const KINDS = ["file", "folder"] as const;

/** Names in which no character is forbidden, and which do not begin with a full stop. */
const allowedName = fc
  .string({ unit: "binary" })
  .map((name) => FORBIDDEN.reduce((rest, character) => rest.replaceAll(character, ""), name))
  .map((name) => name.replace(/^\.+/u, ""));
const kind = fc.constantFrom(...KINDS);

describe("the table of forbidden characters", () => {
  test("has the nine of the agreed rule, yen sign and backslash counting as one", () => {
    expect(FORBIDDEN.join("")).toBe('\u00A5\\/:*?"<>|');
    expect(new Set(FORBIDDEN_CHARACTERS.map(({ cause }) => cause)).size).toBe(9);
  });

  test("leads, with the leading full stop, to every forbidden-characters cause", () => {
    const reached = new Set([...FORBIDDEN_CHARACTERS.map(({ cause }) => cause), "B-FC-10"]);
    const declared = causesOf("backup").filter(
      (id) => CAUSES[id].status === "forbidden-characters",
    );
    expect([...reached]).toEqual(declared);
  });
});

describe("a name", () => {
  test("without a forbidden character is allowed", () => {
    fc.assert(
      fc.property(allowedName, kind, (name, of) => {
        expect(forbiddenNameCause(name, of)).toBeUndefined();
      }),
    );
  });

  test("is reported for its leftmost forbidden character, whatever follows", () => {
    const forbidden = fc.constantFrom(...FORBIDDEN_CHARACTERS);
    const rest = fc.string();
    fc.assert(
      fc.property(allowedName, forbidden, rest, kind, (before, { character, cause }, after, of) => {
        expect(forbiddenNameCause(before + character + after, of)).toBe(cause);
      }),
    );
  });

  test("with a leading full stop offends in a folder only", () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        expect(forbiddenNameCause(`.${rest}`, "folder")).toBe("B-FC-10");
        expect(forbiddenNameCause(`.${rest}`, "file")).toBe(forbiddenNameCause(rest, "file"));
      }),
    );
  });

  test("without a leading full stop is judged alike for file and folder", () => {
    const name = fc.string().filter((drawn) => !drawn.startsWith("."));
    fc.assert(
      fc.property(name, (drawn) => {
        expect(forbiddenNameCause(drawn, "folder")).toBe(forbiddenNameCause(drawn, "file"));
      }),
    );
  });

  test.each([
    "報告書.txt",
    ".bashrc",
    "a.b.c",
    "￥／：＊？＂＜＞｜",
    "~$下書き.docx",
    "😀",
    "\uD800",
  ])("such as %j is allowed for a file", (name) => {
    expect(forbiddenNameCause(name, "file")).toBeUndefined();
  });

  test.each([".git", ".", "..", ".a:b"])("such as %j is not allowed for a folder", (name) => {
    expect(forbiddenNameCause(name, "folder")).toBe("B-FC-10");
  });
});
