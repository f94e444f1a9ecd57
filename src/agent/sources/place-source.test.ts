import { expect, test } from "vitest";
import { TestDisk } from "../testing/test-disk.ts";
import { placeSource, type SourcePlacement } from "./place-source.ts";
import { renderMessage } from "../../messages/render-message.ts";

/** Asks whether a folder can become a source beside `sourcePaths`. */
function place(typedPath: string, sourcePaths: readonly string[] = []): Promise<SourcePlacement> {
  const tree = {
    "docs/2026/a.txt": "a",
    "pictures/b.jpg": "b",
    link: { kind: "symbolic-link" },
  } as const;
  const disk = new TestDisk(tree, "/data");
  disk.mkdir("/home/agent");
  disk.refuse("stat", "/data/locked", "access-denied");
  return placeSource({ disk: disk.source, typedPath, sourcePaths, homePath: "/home/agent" });
}

test("a folder is placed by its absolute path and its last name", async () => {
  expect(await place("/data/docs/../docs/.")).toEqual({
    kind: "placed",
    path: "/data/docs",
    name: "docs",
  });
});

test("a source that is gone meanwhile stops no other folder", async () => {
  expect(await place("/data/docs", ["/data/gone"])).toMatchObject({ kind: "placed" });
});

test.each([
  ["/data/gone", "cannot be looked at"],
  ["/data/locked", "cannot be looked at"],
  ["/data/pictures/b.jpg", "is no folder"],
  ["/data/link", "is a link"],
  ["/data/docs/2026", "is inside the source /data/docs"],
  ["/data/docs", "is a source already"],
  ["/data", "the source /data/docs is inside /data"],
  ["/home", "is or holds the agent's own folder"],
  ["/home/agent", "is or holds the agent's own folder"],
])("%s is refused: it %s", async (path, reason) => {
  const placement = await place(path, ["/data/docs"]);

  expect(placement.kind).toBe("refused");
  const { reason: found } = placement as Extract<typeof placement, { kind: "refused" }>;
  expect(renderMessage(found, "en")).toContain(reason);
});
