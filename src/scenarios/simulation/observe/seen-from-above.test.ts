import { expect, test } from "vitest";

import type { DiskChange } from "../../scenario/disk-change.ts";
import { ReferenceModel } from "../disk/reference-model.ts";
import { SeenFromAbove } from "./seen-from-above.ts";

const ROOT = "/data/a/source";

function modelWith(...changes: readonly DiskChange[]): ReferenceModel {
  let seq = 0;
  const stamp = (): { seq: number; atMs: number } => ({ seq: (seq += 1), atMs: 0 });
  const model = new ReferenceModel(
    { [`${ROOT}/file`]: { content: { text: "x" } }, "/data/other": { content: { text: "y" } } },
    { stamp, disk: "linux" },
  );
  for (const change of changes) model.apply(change);
  return model;
}

test("who is denied a folder above a source is denied the source", () => {
  const seen = new SeenFromAbove(modelWith({ do: "deny", path: "/data" }), ROOT);

  expect(seen.facts.get(ROOT)?.denied).toBe(true);
  expect(seen.facts.get(`${ROOT}/file`)?.denied).toBe(false);
  expect(seen.barred()).toBe("always");
  expect(seen.changes()).toEqual([]);
});

test("a folder beside it means nothing", () => {
  const model = modelWith();
  const seen = new SeenFromAbove(model, ROOT);
  model.apply({ do: "deny", path: "/data/other" });

  expect(seen.barred()).toBe("never");
  expect(seen.changes()).toEqual([]);
});

test("its root counts as denied until the last of the folders above is allowed", () => {
  const model = modelWith();
  const seen = new SeenFromAbove(model, ROOT);
  for (const change of [
    { do: "deny", path: "/data" },
    { do: "deny", path: "/data/a" },
    { do: "allow", path: "/data" },
    { do: "touch", path: `${ROOT}/file` },
    { do: "allow", path: "/data/a" },
  ] as const) {
    model.apply(change);
  }

  expect(seen.barred()).toBe("for-a-while");
  expect(seen.changes().map(({ path, after }) => [path, after?.denied])).toEqual([
    [ROOT, true],
    [`${ROOT}/file`, false],
    [ROOT, false],
  ]);
});

test("a root that is denied by itself stays so", () => {
  const model = modelWith({ do: "deny", path: "/data" }, { do: "deny", path: ROOT });
  const seen = new SeenFromAbove(model, ROOT);
  model.apply({ do: "allow", path: "/data" });
  expect(seen.changes()).toEqual([]);

  model.apply({ do: "allow", path: ROOT });
  expect(seen.changes().map(({ after }) => after?.denied)).toEqual([false]);
});
