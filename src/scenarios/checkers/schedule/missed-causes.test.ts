import { expect, test } from "vitest";

import { isOneLeftOut } from "./missed-causes.ts";

const NONE = { truth: new Set<never>(), may: new Set<never>() };
const UNTOLD = {
  ...NONE,
  untold: { rests: ["B-NR-3", "B-NR-4", "B-NR-5"], awake: ["B-NR-7"] },
} as const;

test("without a log all that may be are named, or what the tool did itself", () => {
  expect(isOneLeftOut(UNTOLD, ["B-NR-7", "B-NR-5", "B-NR-4", "B-NR-3"])).toBe(false);
  expect(isOneLeftOut(UNTOLD, ["B-NR-5", "B-NR-4", "B-NR-3"])).toBe(true);
  expect(isOneLeftOut(UNTOLD, ["B-NR-7", "B-NR-4", "B-NR-3"])).toBe(true);
  expect(isOneLeftOut(UNTOLD, ["B-NR-2"])).toBe(false);
});

test("with a log one cause is enough", () => {
  expect(isOneLeftOut(NONE, ["B-NR-3"])).toBe(false);
});
