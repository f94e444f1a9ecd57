import { expect, test } from "vitest";

import { ReferenceModel } from "./reference-model.ts";

function model(): ReferenceModel {
  let seq = 0;
  return new ReferenceModel(
    { "/data/a": { content: { text: "a" } }, "/data/b/c": { content: { text: "c" } } },
    { stamp: () => ({ seq: (seq += 1), atMs: 0 }), disk: "linux" },
  );
}

function names(disk: ReferenceModel): string[] {
  return [...disk.below("/data").keys()].toSorted();
}

test("emptying a folder leaves the folder", () => {
  const disk = model();
  disk.apply({ do: "empty", path: "/data" });
  expect(names(disk)).toEqual(["/data"]);
});

test("a device that is mounted covers what was there until it goes", () => {
  const disk = model();
  const before = new Map(disk.below("/data"));
  disk.apply({ do: "remount", path: "/data", holds: { "x/y": { text: "new" } } });
  expect(names(disk)).toEqual(["/data", "/data/x", "/data/x/y"]);
  expect(disk.at("/data/x/y")?.device).toBe(2);
  disk.apply({ do: "write", path: "/data/z", content: { text: "z" } });
  expect(disk.at("/data/z")?.device).toBe(2);
  expect(disk.admits({ do: "unmount", path: "/data" })).toBe(true);
  disk.apply({ do: "unmount", path: "/data" });
  expect(disk.below("/data")).toEqual(before);
  expect(disk.admits({ do: "unmount", path: "/data" })).toBe(false);
});

test("the same disk plugged in elsewhere changes nothing but the device", () => {
  const disk = model();
  disk.apply({ do: "remount", path: "/data", holds: "same" });
  expect(disk.at("/data/b/c")).toMatchObject({ device: 2, sizeBytes: 1 });
  expect(disk.admits({ do: "rename", path: "/data/a", to: "/elsewhere" })).toBe(false);
  expect(disk.admits({ do: "rename", path: "/data/a", to: "/data/b/a" })).toBe(true);
});
