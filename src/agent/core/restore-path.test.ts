import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { forbiddenNameCause } from "../../protocol/forbidden-name.ts";
import { compareKeys } from "./compare-keys.ts";
import { restorePath } from "./restore-path.ts";
import { renderMessage } from "../../messages/render-message.ts";

const FOLDER = "area/pc/docs";

function whyRefused(path: string, lastKey = ""): string | undefined {
  const found = restorePath({ kind: "file", path }, FOLDER, lastKey);
  return found.kind === "refused" ? renderMessage(found.why, "en") : undefined;
}

describe("a listed path", () => {
  test("below the folder is taken apart into names", () => {
    expect(restorePath({ kind: "file", path: `${FOLDER}/a/b.txt` }, FOLDER, "a/")).toEqual({
      kind: "names",
      entryKind: "file",
      names: ["a", "b.txt"],
      key: "a/b.txt",
    });
    expect(restorePath({ kind: "folder", path: `${FOLDER}/a` }, FOLDER, "a")).toMatchObject({
      key: "a/",
    });
  });

  test("of a kind that nobody knows is refused", () => {
    expect(restorePath({ kind: "unknown", path: `${FOLDER}/a` }, FOLDER, "")).toMatchObject({
      kind: "refused",
    });
  });

  test("may name what the folder it was asked for is called, whatever that is", () => {
    const folder = "area/.strange?";
    expect(restorePath({ kind: "file", path: `${folder}/a` }, folder, "")).toMatchObject({
      names: ["a"],
    });
  });

  test.each([
    ["in another folder", "area/pc/docs2/a"],
    ["the folder itself", FOLDER],
    ["above", "area/pc"],
    ["..", `${FOLDER}/../x`],
    [".. below", `${FOLDER}/a/../../x`],
    [".", `${FOLDER}/./a`],
    ["empty", `${FOLDER}/`],
    ["an empty name", `${FOLDER}/a//b`],
    ["absolute", "/etc/passwd"],
    ["a drive", `${FOLDER}/C:\\x`],
    ["a share", `${FOLDER}/\\\\host\\share`],
    ["NUL", `${FOLDER}/a\u0000b`],
    ["a lone surrogate", `${FOLDER}/\udc00`],
    ["a yen sign", `${FOLDER}/a\u00a5b`],
    ["a question mark", `${FOLDER}/a?`],
    ["a folder that begins with a full stop", `${FOLDER}/.a/b`],
    ["too long", `${FOLDER}/${"x".repeat(20_000)}`],
  ])("that is %s is refused, with the reason", (_, path) => {
    expect(whyRefused(path)).toEqual(expect.any(String));
  });

  test("a file that begins with a full stop is none of them", () => {
    expect(whyRefused(`${FOLDER}/.profile`)).toBeUndefined();
  });

  test("that does not come behind the one before it is refused", () => {
    expect(whyRefused(`${FOLDER}/a`, "a")).toBeDefined();
    expect(whyRefused(`${FOLDER}/a`, "b")).toBeDefined();
    expect(whyRefused(`${FOLDER}/b`, "a")).toBeUndefined();
    // UTF-8 has surrogate pairs behind U+FFFF, UTF-16 before.
    expect(whyRefused(`${FOLDER}/\u{1f600}`, "\uffee")).toBeUndefined();
  });
});

test("whatever is listed, accepted names are names and nothing else, in strict order", () => {
  const piece = fc.oneof(
    fc.constantFrom("..", ".", "", "/", "\\", "C:", "\u0000", "\ud800", "a", "A", "é", "\u{1f600}"),
    fc.string({ unit: "binary", maxLength: 4 }),
  );
  const path = fc.oneof(
    fc.array(piece, { maxLength: 5 }).map((parts) => `${FOLDER}/${parts.join("/")}`),
    fc.array(piece, { maxLength: 5 }).map((parts) => parts.join("")),
  );
  const entry = fc.record({ kind: fc.constantFrom("file", "folder", "unknown"), path });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
      let lastKey = "";
      for (const one of entries) {
        const found = restorePath(one, FOLDER, lastKey);
        if (found.kind === "refused") continue;
        expect(one.path).toBe([FOLDER, ...found.names].join("/"));
        expect(compareKeys(found.key, lastKey)).toBeGreaterThan(0);
        lastKey = found.key;
        for (const name of found.names) {
          expect(name).not.toMatch(/^\.{0,2}$|[/\\:]/);
          expect(name).not.toContain("\u0000");
          expect(name.isWellFormed()).toBe(true);
          expect(forbiddenNameCause(name, "file")).toBeUndefined();
        }
      }
    }),
    { numRuns: 500 },
  );
});
